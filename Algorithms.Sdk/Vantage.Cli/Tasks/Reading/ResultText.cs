using System.Text.Json;
using Vantage.Cli.Printing;
using Vantage.Statistics;
using Vantage.Statistics.Summaries;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>A result for a person: a table where the shape is known, else indented JSON.</summary>
internal static class ResultText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static void Write(Output output, TextWriter text, string analysis, JsonElement result)
    {
        if (analysis == Summary.Algorithm.Name
            && result.Deserialize(StatisticsJson.Default.SummaryResult) is { } summary)
        {
            Write(output, text, summary);
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            result.WriteTo(writer);
        }

        text.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Write(Output output, TextWriter text, SummaryResult summary)
    {
        var headers = new[] { "column", "n", "missing", "mean", "standard deviation" };
        var rows = summary.Columns.Select(c => new[]
        {
            Listing.OneLine(c.Name), $"{c.Count}", $"{c.Missing}", Number(c.Mean), Number(c.StandardDeviation),
        });
        if (output.Console.OutIsTerminal)
        {
            TerminalTable.Write(text, headers, rows, new HashSet<int> { 1, 2, 3, 4 });
        }
        else
        {
            text.WriteLine(string.Join('\t', headers));
            foreach (var row in rows)
            {
                text.WriteLine(string.Join('\t', row));
            }
        }

        foreach (var left in summary.LeftOut)
        {
            text.WriteLine($"left out: {Listing.OneLine(left.Name)}: {Listing.OneLine(left.Reason)}");
        }

        text.WriteLine($"rows: {summary.Rows}");
    }

    private static string Number(double? value) => value?.ToString("G10") ?? "";
}
