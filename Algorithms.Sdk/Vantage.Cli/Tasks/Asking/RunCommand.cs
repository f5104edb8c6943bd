using System.CommandLine;
using Vantage.Algorithms.Functions;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Reading;
using Vantage.Client.Asking;
using Vantage.Client.Tasks;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Statistics;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>
/// <c>vantage task run</c>. An algorithm with a central function is run as a whole: its partials at the sites, its
/// central program in this process. With <c>--function</c>, or for code that this command does not hold, one function
/// is run and each site's result stands for itself.
/// </summary>
internal static class RunCommand
{
    public static Command Build(CliConsole console)
    {
        var options = new TaskOptions();
        var wait = new Option<bool>("--wait")
        {
            Description = "Stay until every site has answered, and give the result.",
        };
        var missing = new Option<bool>("--accept-missing")
        {
            Description = "Combine what the sites gave that answered; the result says which are missing, and the exit "
                + "code is 7.",
        };
        var output = OutOption();
        var (centralAt, delegated) = (CentralAt.Option(), CentralAt.DelegatedOption());
        var command = new Command("run", "Ask a question.").With([.. options.All, centralAt, delegated, wait, missing, output]);
        return command.Answers(console, async (call, cancellationToken) =>
        {
            var central = call.Value(options.Function) is null ? CentralOf(call.Required(options.Algorithm)) : null;
            ResultFile.Check(call.Value(output), central);
            var collaboration = await Lookup.CollaborationAsync(call.Client, options.ReadCollaboration(call),
                cancellationToken);
            var arguments = await options.ReadArgumentsAsync(call, cancellationToken);
            if (call.Value(centralAt) is { } at)
            {
                return await CentralAt.GoAsync(call, new CentralAt.Ask(options, at, central, call.Value(delegated) ?? [], collaboration, arguments,
                    call.Value(missing), call.Value(wait), call.Value(output)), cancellationToken);
            }

            if (call.Value(delegated) is { Length: > 0 })
            {
                throw UsageException.Because("--delegate says what a central function at a node may ask.", "Add --central-at ORGANIZATION.");
            }

            if (central is not null)
            {
                var question = await CentralRun.PrepareAsync(call, options, collaboration, arguments,
                    call.Value(missing), cancellationToken);
                return call.Value(wait)
                    ? await CentralRun.GoAsync(call, central, question, [], call.Value(output), cancellationToken)
                    : Told(call, (await question.AskAsync(central.Central, null, cancellationToken))!, question.NotAsked);
            }

            var submitted = await SubmitAsync(call, options, collaboration, arguments, cancellationToken);
            foreach (var left in submitted.NotAsked)
            {
                call.Output.Say($"not asked: {Listing.OneLine(left.Site)}, since {left.Why}");
            }

            if (call.Value(wait))
            {
                var progress = new ProgressLines(call.Output, TaskSelection.SiteNames(call));
                await foreach (var view in call.Client.WatchAsync(submitted.Id, cancellationToken))
                {
                    progress.Show(view);
                }

                return await ResultCommand.ShowAsync(call, submitted.Id, null, call.Value(output), cancellationToken);
            }

            return Told(call, submitted, [.. submitted.NotAsked.Select(n => new UnaskedSite(n.Site, n.Why))]);
        });
    }

    public static Option<string?> OutOption() => new("--out")
    {
        Description = "Write the result to this file: all of it to a .json file, its tables to .csv files, its chart to an .svg file.",
        HelpName = "FILE",
    };

    /// <summary>What was asked and is not waited for.</summary>
    public static int Told(Invocation call, SubmittedTask submitted, IReadOnlyList<UnaskedSite> notAsked)
    {
        call.Output.Result(new TaskAsked(submitted.Id, submitted.Job, submitted.Targets, notAsked),
            CliJson.Default.TaskAsked, submitted.Id.ToString(), text =>
            {
                text.WriteLine(submitted.Id);
                foreach (var site in submitted.Targets)
                {
                    text.WriteLine($"  asked {Listing.OneLine(site.Site)} ({site.Run})");
                }
            });
        call.Output.Say(
            $"Follow it with: vantage task watch {submitted.Id}; read it with: vantage task result {submitted.Id}");
        return ExitCodes.Ok;
    }

    /// <summary>The program that this command can run itself; null for code that it does not hold.</summary>
    public static CentralProgram? CentralOf(string algorithm)
    {
        var name = algorithm.StartsWith("builtin:", StringComparison.Ordinal) ? algorithm["builtin:".Length..] : algorithm;
        name = name.Split('@', 2)[0];
        return StandardLibrary.Algorithms.Named(name) is { } held
            && held.Functions.OfType<CentralFunction>().FirstOrDefault() is { } central
                ? new CentralProgram(held, central) : null;
    }

    private static async Task<SubmittedTask> SubmitAsync(Invocation call, TaskOptions options,
        CollaborationId collaboration,
        byte[] arguments, CancellationToken cancellationToken)
    {
        var function = call.Value(options.Function) ?? throw UsageException.Because(
            $"Which function of '{call.Required(options.Algorithm)}' is to run?", "Add --function NAME.");
        return await call.Client.SubmitAsync(new TaskRequest
        {
            Collaboration = collaboration,
            Study = call.Value(options.Study) is { } study
                ? (await Lookup.StudyAsync(call.Client, collaboration, study, cancellationToken)).Id : null,
            Organizations = await options.ReadOrganizationsAsync(call, collaboration, cancellationToken),
            Algorithm = call.Client.Algorithm(call.Required(options.Algorithm), function),
            Function = function,
            Arguments = arguments,
            Data = await options.ReadDataAsync(call, cancellationToken),
            Session = call.Value(options.Session),
            Resources = options.ReadResources(call),
            LostNode = call.Value(options.LostNode),
            Purpose = call.Value(options.Purpose),
            ProjectCode = call.Value(options.Project),
            Lifetime = options.ReadLifetime(call),
        }, cancellationToken);
    }
}

internal sealed record TaskAsked(TaskId Task, JobId Job, IReadOnlyList<AskedSite> Asked,
    IReadOnlyList<UnaskedSite> NotAsked);
