using System.Buffers;
using System.Text;
using Vantage.Algorithms.Results;
using Vantage.Cli.Printing;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>A table as CSV (RFC 4180): commas, CRLF, quotes where needed, a point in numbers, every digit.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    public static string Of(ResultTable table)
    {
        var text = new StringBuilder();
        foreach (var row in table.Rows.Prepend([.. table.Columns]))
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Cell(object? cell)
    {
        var text = NumberText.Exact(cell);
        return text.AsSpan().IndexOfAny(NeedQuotes) < 0 ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
