using Spectre.Console;

namespace Vantage.Cli.Printing;

/// <summary>The only place that loads Spectre.Console: a command that draws nothing does not pay for it.</summary>
internal static class TerminalTable
{
    private const int UnboundWidth = 400;

    public static void Write(TextWriter text, IEnumerable<string> headers, IEnumerable<IEnumerable<string>> rows,
        ISet<int>? rightAligned = null)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (header, index) in headers.Select((header, index) => (header, index)))
        {
            var column = new TableColumn(new Text(header, new Style(decoration: Decoration.Bold)));
            table.AddColumn(rightAligned?.Contains(index) == true ? column.RightAligned().NoWrap() : column);
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe has no edge to wrap at.
            console.Profile.Width = UnboundWidth;
        }

        console.Write(table);
    }
}
