using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Tasks;

/// <summary><c>vantage task watch</c>: a line for each change, until the task has settled.</summary>
internal static class WatchCommand
{
    public static Command Build(CliConsole console)
    {
        var which = TaskSelection.Argument();
        return new Command("watch", "Follow a task until it has settled; the exit code says how.").With(which)
            .Answers(console, async (call, cancellationToken) =>
            {
                var id = TaskSelection.Parse(call.Required(which));
                var progress = new ProgressLines(call.Output, TaskSelection.SiteNames(call));
                TaskView? last = null;
                await foreach (var view in call.Client.WatchAsync(id, cancellationToken))
                {
                    progress.Show(view);
                    last = view;
                }

                ShowCommand.Show(call, last!);
                return TaskWords.ExitCode(last!.Outcome);
            });
    }
}

/// <summary>Says on standard error what changed since the last time.</summary>
internal sealed class ProgressLines(Output output, Func<OrganizationId, string> site)
{
    private readonly Dictionary<RunId, string> said = [];

    public void Show(TaskView view)
    {
        foreach (var run in view.Runs)
        {
            var line = ShowCommand.Line(run, site);
            if (said.GetValueOrDefault(run.Id) != line)
            {
                said[run.Id] = line;
                output.Say(line);
            }
        }
    }
}
