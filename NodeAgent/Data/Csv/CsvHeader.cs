namespace Vantage.NodeAgent.Data.Csv;

/// <summary>Makes column names of a header line.</summary>
internal static class CsvHeader
{
    /// <summary>
    /// Names are unique. A column without a name, such as the row numbers that R and pandas write, is called by its place.
    /// </summary>
    /// <param name="faults">How the source is called.</param>
    /// <param name="line">Where the header stands.</param>
    /// <param name="header">As it stands there.</param>
    /// <param name="unnamed">Learns the names of columns that have none there.</param>
    public static IReadOnlyList<string> Names(CsvFaults faults, long line, IEnumerable<string> header, ICollection<string> unnamed)
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
            if (written.Length == 0)
            {
                unnamed.Add(name);
            }
        }

        return names;
    }
}
