namespace Vantage.NodeAgent.Data.Csv;

/// <summary>Makes column names of a header line.</summary>
internal static class CsvHeader
{
    /// <summary>
    /// Names are unique. A column without a name, such as the row numbers that R and pandas write, is called by its place.
    /// </summary>
    public static IReadOnlyList<string> Names(CsvFaults faults, long line, IEnumerable<string> header)
    {
        var names = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var written in header)
        {
            var place = names.Count + 1;
            var name = written.Length == 0 ? $"column{place}" : written;
            if (!places.TryAdd(name, place))
            {
                throw faults.SameName(line, places[name], place, name);
            }

            names.Add(name);
        }

        return names;
    }
}
