using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Csv.Dialect;

/// <summary>What stands between the cells: by it, and by no other character, the first rows have equally many, and more than one.</summary>
internal static class DelimiterFinder
{
    private const int Rows = 1000;
    private static readonly char[] Likely = [',', ';', '\t', '|'];

    /// <summary>That of the settings where nothing speaks for another; throws where two are equally good.</summary>
    public static char Find(CsvSourceSettings settings, CsvFaults faults, string path)
    {
        var good = Likely.Select(delimiter => (Delimiter: delimiter, Columns: Columns(settings with { Delimiter = delimiter, Path = path }, faults)))
            .Where(each => each.Columns > 1).ToList();
        return good.Count switch
        {
            0 => settings.Delimiter,
            1 => good[0].Delimiter,
            _ => throw faults.TwoDelimiters(good[0].Delimiter, good[0].Columns, good[1].Delimiter, good[1].Columns),
        };
    }

    /// <summary>Zero if the first rows don't fit.</summary>
    private static int Columns(CsvSourceSettings settings, CsvFaults faults)
    {
        using var file = FileSources.Open(faults, settings.Path);
        try
        {
            using var rows = new CsvRows(settings, file);
            for (var i = 0; i < Rows && rows.Read(); i++)
            {
                // Read to see whether it can be.
            }

            return rows.Columns.Count;
        }
        catch (SourceException)
        {
            return 0;
        }
    }
}
