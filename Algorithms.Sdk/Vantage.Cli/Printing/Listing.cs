using System.Text.Json.Serialization.Metadata;

namespace Vantage.Cli.Printing;

/// <summary>
/// A list as a table on a terminal, as tab-separated lines into a pipe, as ids, or as one line of JSON.
/// </summary>
internal static class Listing
{
    public static async Task ListAsync<T>(this Output output, IAsyncEnumerable<T> source,
        JsonTypeInfo<ItemList<T>> type,
        Func<T, string> id, params (string Header, Func<T, string?> Cell)[] columns)
    {
        var items = new List<T>();
        await foreach (var item in source)
        {
            items.Add(item);
        }

        var ids = items.Count == 0 ? null : string.Join('\n', items.Select(id));
        output.Result(new ItemList<T>(items), type, ids, text => Write(output, text, items, columns));
    }

    public static void Write<T>(Output output, TextWriter text, IReadOnlyList<T> items,
        IReadOnlyList<(string Header, Func<T, string?> Cell)> columns)
    {
        if (!output.Console.OutIsTerminal)
        {
            foreach (var item in items)
            {
                text.WriteLine(string.Join('\t', columns.Select(column => OneLine(column.Cell(item)))));
            }

            return;
        }

        if (items.Count == 0)
        {
            text.WriteLine("(none)");
            return;
        }

        TerminalTable.Write(text, columns.Select(column => column.Header),
            items.Select(item => columns.Select(column => OneLine(column.Cell(item)))));
    }

    /// <summary>Names come from other people: control characters could move the cursor and forge a line.</summary>
    internal static string OneLine(string? text) =>
        string.Create((text ?? "").Length, text ?? "", (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i])
                    || char.GetUnicodeCategory(source[i]) == System.Globalization.UnicodeCategory.Format
                    ? '\uFFFD' : source[i];
            }
        });
}

/// <summary>What <c>--json</c> prints of a list.</summary>
internal sealed record ItemList<T>(IReadOnlyList<T> Items);
