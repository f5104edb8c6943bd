using System.Globalization;
using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Csv.Dialect;

/// <summary>
/// Where the table begins, and what stands between its cells: by it, and by no other character, the first rows have equally
/// many, and more than one.
/// </summary>
internal static class DelimiterFinder
{
    private const int Rows = 1000;
    private const int MostTitle = 20;
    private static readonly char[] Likely = [',', ';', '\t', '|'];

    /// <summary>Those of the settings where nothing speaks for others; throws where two are equally good.</summary>
    /// <param name="settings">What was said.</param>
    /// <param name="said">Whose keys these are.</param>
    /// <param name="faults">How the source is called.</param>
    /// <param name="path">A file of it.</param>
    public static (char Delimiter, int Skip) Find(CsvSourceSettings settings, IReadOnlySet<string> said, CsvFaults faults, string path)
    {
        var delimiters = said.Contains("delimiter") ? [settings.Delimiter] : Likely;
        var first = settings with { Path = path };
        (char Delimiter, int Skip)? weak = null;
        for (var skip = settings.Skip; skip <= (said.Contains("skip") ? settings.Skip : settings.Skip + MostTitle); skip++)
        {
            var fits = delimiters.Select(delimiter => (Delimiter: delimiter, Columns: Columns(first with { Delimiter = delimiter, Skip = skip }, faults))).ToList();
            if (skip == settings.Skip && fits.Exists(each => each.Delimiter == settings.Delimiter && each.Columns.Count == 1) && fits.All(each => each.Columns.Count < 2))
            {
                // One column, and it is a table as it stands.
                return (settings.Delimiter, skip);
            }

            fits.RemoveAll(each => each.Columns.Count < 2 || (skip > settings.Skip && !IsHeader(each.Columns)));
            if (fits.Count > 1)
            {
                throw faults.TwoDelimiters(fits[0].Delimiter, fits[0].Columns.Count, fits[1].Delimiter, fits[1].Columns.Count);
            }

            if (fits.Count == 1 && !IsTitle(fits[0].Columns))
            {
                return (fits[0].Delimiter, skip);
            }

            weak ??= fits.Count == 1 ? (fits[0].Delimiter, skip) : null;
        }

        return weak ?? (settings.Delimiter, settings.Skip);
    }

    /// <summary>One name only, in front: programs fill a title's line with empty cells.</summary>
    private static bool IsTitle(IReadOnlyList<string> names) => names.Skip(1).Index().All(name => name.Item == $"column{name.Index + 2}");

    /// <summary>Below a title. A row of the table has a number somewhere.</summary>
    private static bool IsHeader(IReadOnlyList<string> names) =>
        !IsTitle(names) && !names.Any(name => double.TryParse(name.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    /// <summary>None if the first rows don't fit.</summary>
    private static IReadOnlyList<string> Columns(CsvSourceSettings settings, CsvFaults faults)
    {
        using var file = FileSources.Open(faults, settings.Path);
        try
        {
            using var rows = new CsvRows(settings, file);
            for (var i = 0; i < Rows && rows.Read(); i++)
            {
                // Read to see whether it can be.
            }

            return rows.IsTitlePlain ? rows.Columns : [];
        }
        catch (SourceException)
        {
            return [];
        }
    }
}
