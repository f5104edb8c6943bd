using System.CommandLine;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Tasks;

/// <summary><c>vantage task cancel</c>.</summary>
internal static class CancelCommand
{
    public static Command Build(CliConsole console)
    {
        var which = TaskSelection.Argument();
        return new Command("cancel", "End every run of a task that has not ended.").With(which)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = TaskSelection.Parse(call.Required(which));
                ShowCommand.Show(call, await call.Client.CancelAsync(id, cancellationToken));
            });
    }
}
