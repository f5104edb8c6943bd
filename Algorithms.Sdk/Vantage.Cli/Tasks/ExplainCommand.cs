using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Cli.Tasks;

/// <summary>
/// <c>vantage task explain</c>: for each run where it is, what it waits for and since when, and what can be done; for
/// one that did not succeed, the sealed sentence of its node, decrypted here.
/// </summary>
internal static class ExplainCommand
{
    public static Command Build(CliConsole console)
    {
        var which = TaskSelection.Argument();
        return new Command("explain", "Why a task is where it is, and what to do.").With(which)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = TaskSelection.Parse(call.Required(which));
                var task = await call.Client.GetTaskAsync(id, cancellationToken);
                var site = TaskSelection.SiteNames(call);
                var runs = new List<ExplainedRun>();
                foreach (var run in task.Runs)
                {
                    runs.Add(await ExplainAsync(call, task, run, site(run.Organization), cancellationToken));
                }

                var all = new ExplainedTask(task.Id, TaskWords.Outcome(task.Outcome), runs);
                call.Output.Result(all, CliJson.Default.ExplainedTask, task.Id.ToString(), text =>
                    Write(text, all, call.Console.Time));
            });
    }

    private static async Task<ExplainedRun> ExplainAsync(Invocation call, TaskView task, RunView run, string site,
        CancellationToken cancellationToken)
    {
        var (message, rule) = await DetailAsync(call, task, run, cancellationToken);
        var waits = run.Outcome is null && run.Waiting != WaitingReason.None;
        return new ExplainedRun(run.Id, site, TaskWords.State(run), run.Progress,
            waits ? TaskWords.Waiting(run) : null, waits ? run.WaitingSince : null, run.Code, rule, message,
            run.Outcome switch
            {
                null => TaskWords.Advice(run.Waiting),
                RunOutcome.Succeeded => null,
                RunOutcome.Expired => "Nothing answered in time. Ask again, with a longer --lifetime.",
                RunOutcome.Lost => "Its node went away and the task said not to wait (--lost-node). Ask again.",
                _ => TaskWords.Advice(run.Code),
            });
    }

    private static async Task<(string? Message, string? Rule)> DetailAsync(Invocation call, TaskView task,
        RunView run, CancellationToken cancellationToken)
    {
        if (run.Payloads.FirstOrDefault(p => p.Kind == PayloadKind.Error) is not { Available: true })
        {
            return (null, null);
        }

        if (!call.Home.HasUserCertificates)
        {
            return ("its detail is sealed, and this home has no keys to open it", null);
        }

        try
        {
            var error = await call.Client.ErrorAsync(task, run.Id, cancellationToken);
            return (error.Message, error.Rule);
        }
        catch (VantageException e) when (e.Code
            is ClientErrorCodes.PayloadUnreadable or ClientErrorCodes.ReceiptUntrusted
            or ClientErrorCodes.RootNotPinned or ClientErrorCodes.CertificateUntrusted)
        {
            return ($"its detail can't be read: {e.Message}", null);
        }
    }

    private static void Write(TextWriter text, ExplainedTask task, TimeProvider time)
    {
        text.WriteLine($"{task.Task} is {task.State}.");
        foreach (var run in task.Runs)
        {
            text.WriteLine(
                $"\n{Listing.OneLine(run.Site)}: {run.State}{(run.Progress is { } percent ? $", {percent} %" : "")}"
                + (run.Code is { } code ? $" ({Listing.OneLine(code)})" : ""));
            var since = run.WaitingSince is { } began
                ? $", since {Details.Time(began)} ({Ago(time.GetUtcNow() - began)})" : "";
            Line("waits", run.Waiting is { } reason ? reason + since : null);
            Line("rule", run.Rule);
            Line("said", run.Message);
            Line("next", run.Next);
        }

        void Line(string name, string? value)
        {
            if (value is not null)
            {
                text.WriteLine($"  {name,-6} {Listing.OneLine(value)}");
            }
        }
    }

    private static string Ago(TimeSpan span) => span switch
    {
        { TotalMinutes: < 2 } => $"{Math.Max(0, span.TotalSeconds):0} s",
        { TotalHours: < 2 } => $"{span.TotalMinutes:0} min",
        { TotalDays: < 2 } => $"{span.TotalHours:0} h",
        _ => $"{span.TotalDays:0} days",
    };
}

internal sealed record ExplainedTask(TaskId Task, string State, IReadOnlyList<ExplainedRun> Runs);

internal sealed record ExplainedRun(RunId Run, string Site, string State, int? Progress, string? Waiting,
    DateTimeOffset? WaitingSince, string? Code, string? Rule, string? Message, string? Next);
