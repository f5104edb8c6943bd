using Vantage.Algorithms.Results;
using Vantage.Cli.Printing;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>
/// Tables of a result: for a person with aligned numbers, and pairs of a name and a value as lines; into a pipe
/// separated by tabs and unrounded, a table's name before each but the first.
/// </summary>
internal static class TableText
{
    public static void Write(Output output, TextWriter text, IReadOnlyList<ResultTable> tables)
    {
        foreach (var (index, table) in tables.Index())
        {
            if (index > 0)
            {
                text.WriteLine();
                text.WriteLine(Listing.OneLine(table.Name));
            }

            if (output.Console.OutIsTerminal)
            {
                Draw(text, table);
            }
            else
            {
                Separate(text, table);
            }
        }
    }

    private static void Draw(TextWriter text, ResultTable table)
    {
        if (table.Columns is ["name", "value"])
        {
            Details.Write(text, [.. table.Rows.Select(row =>
                ($"{row[0]}", (string?)NumberText.Single($"{row[0]}", row[1])))]);
            return;
        }

        // A column without anything in it only takes the room of the others.
        var columns = Enumerable.Range(0, table.Columns.Count).Where(i => table.Rows.Any(row => row[i] is not null))
            .Select(i => Aligned(table.Columns[i], [.. table.Rows.Select(row => row[i])])).ToList();
        for (var line = 0; line <= table.Rows.Count; line++)
        {
            text.WriteLine(string.Join("  ", columns.Select(column => column[line])).TrimEnd());
        }
    }

    /// <summary>Header and cells of one width. Never wrapped: a name over several lines is no name.</summary>
    private static IReadOnlyList<string> Aligned(string header, IReadOnlyList<object?> cells)
    {
        var texts = NumberText.Column(header, cells).Prepend(header).Select(Listing.OneLine).ToList();
        var width = texts.Max(t => t.Length);
        return [.. texts.Select(t => cells.Any(NumberText.IsNumber) ? t.PadLeft(width) : t.PadRight(width))];
    }

    private static void Separate(TextWriter text, ResultTable table)
    {
        text.WriteLine(string.Join('\t', table.Columns.Select(Listing.OneLine)));
        foreach (var row in table.Rows)
        {
            text.WriteLine(string.Join('\t', row.Select(cell => Listing.OneLine(NumberText.Exact(cell)))));
        }
    }
}
