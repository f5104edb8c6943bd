using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Crates;
using Vantage.Cli.Tasks.Asking;
using Vantage.Cli.Tasks.Reading;

namespace Vantage.Cli.Tasks;

/// <summary><c>vantage task</c>: ask, follow, understand, read.</summary>
internal static class TaskCommands
{
    public static void Fill(Command noun, CliConsole console) => noun.With(
        RunCommand.Build(console),
        TogetherCommand.Build(console),
        ListCommand.Build(console),
        ShowCommand.Build(console),
        WatchCommand.Build(console),
        ExplainCommand.Build(console),
        CancelCommand.Build(console),
        ResultCommand.Build(console),
        ExportCommand.Build(console),
        RetryCommand.Build(console));
}
