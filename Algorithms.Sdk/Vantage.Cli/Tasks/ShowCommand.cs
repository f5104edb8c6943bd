using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Tasks;

/// <summary><c>vantage task show</c>.</summary>
internal static class ShowCommand
{
    public static Command Build(CliConsole console)
    {
        var which = TaskSelection.Argument();
        return new Command("show", "One task and its runs.").With(which)
            .Does(console, async (call, cancellationToken) =>
        {
            var id = TaskSelection.Parse(call.Required(which));
            Show(call, await call.Client.GetTaskAsync(id, cancellationToken));
        });
    }

    public static void Show(Invocation call, TaskView task)
    {
        var site = TaskSelection.SiteNames(call);
        call.Output.Result(task, ProtocolJson.Default.TaskView, task.Id.ToString(), text =>
        {
            Details.Write(text, ("id", task.Id.ToString()), ("job", task.Job.ToString()),
                ("collaboration", task.Collaboration.ToString()), ("study", task.Study?.ToString()),
                ("algorithm", $"{task.Algorithm} {task.Function}"),
                ("asked by", $"{task.Requester} of {site(task.RequesterOrganization)}"),
                ("created", Details.Time(task.CreatedAt)), ("ends by", Details.Time(task.NotAfter)),
                ("state", TaskWords.Outcome(task.Outcome)));
            foreach (var run in task.Runs)
            {
                text.WriteLine($"  {run.Id}  {Line(run, site)}");
            }
        });
    }

    public static string Line(RunView run, Func<OrganizationId, string> site) =>
        $"{Listing.OneLine(site(run.Organization))}: {TaskWords.State(run)}"
        + (run.Code is { } code ? $" ({Listing.OneLine(code)})" : "")
        + (run is { Outcome: null, Progress: { } percent } ? $", {percent} %" : "")
        + (run is { Outcome: null, Waiting: not WaitingReason.None } ? $", because {TaskWords.Waiting(run)}"
        : "");
}
