namespace Vantage.NodeAgent.Data.Csv;

/// <summary>
/// A table of one column, whose header and first row hold another likely delimiter equally often, is a table of more
/// columns that was declared wrongly.
/// </summary>
internal sealed class OtherDelimiter(CsvFaults faults, char declared, ReadOnlySpan<byte> header, long line)
{
    private static readonly char[] Likely = [';', '\t', ',', '|'];

    private readonly (char Delimiter, int Count)[] seen = Seen(declared, header);

    /// <param name="row">The first row.</param>
    public void Check(ReadOnlySpan<byte> row)
    {
        foreach (var (delimiter, count) in seen)
        {
            if (row.Count((byte)delimiter) == count)
            {
                throw faults.LooksLike(line, delimiter, count + 1);
            }
        }
    }

    private static (char Delimiter, int Count)[] Seen(char declared, ReadOnlySpan<byte> header)
    {
        var found = new List<(char Delimiter, int Count)>();
        foreach (var delimiter in Likely)
        {
            if (delimiter != declared && header.Count((byte)delimiter) is > 0 and var count)
            {
                found.Add((delimiter, count));
            }
        }

        return [.. found.OrderByDescending(s => s.Count)];
    }
}
