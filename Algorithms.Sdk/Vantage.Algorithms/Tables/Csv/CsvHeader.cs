using Vantage.Algorithms.Functions;

namespace Vantage.Algorithms.Tables.Csv;

/// <summary>Makes column names of a header line.</summary>
internal static class CsvHeader
{
    /// <summary>
    /// Names are unique. A column without a name, such as the row numbers that R and pandas write, is called by its place.
    /// </summary>
    public static IReadOnlyList<string> Check(string label, CsvDialect dialect, IReadOnlyList<string> header)
    {
        if (header is [] or [""])
            throw new DataInvalidException($"'{label}', line 1: empty, where the names of the columns are expected.");

        var names = new List<string>(header.Count);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var written in header)
        {
            var place = names.Count + 1;
            var name = written.Length == 0 ? $"column{place}" : written;
            if (name.AsSpan().ContainsAny('\uFFFD', '\0'))
            {
                // NUL: UTF-16 that is read as UTF-8.
                throw new DataInvalidException(
                    $"'{label}', line 1: the name of column {place} holds bytes that are not {dialect.EncodingName}.");
            }

            if (!places.TryAdd(name, place))
            {
                throw new DataInvalidException(
                    $"'{label}', line 1: columns {places[name]} and {place} are both called '{name}'.");
            }

            names.Add(name);
        }

        return names;
    }
}
