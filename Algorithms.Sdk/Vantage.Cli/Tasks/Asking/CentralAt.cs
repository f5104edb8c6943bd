using System.CommandLine;
using System.Text.Json;
using Vantage.Algorithms.Functions;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Tasks.Reading;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Client.Tasks;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>
/// <c>task run --central-at</c>: the algorithm's central program runs at one organization's node, which asks the sites in
/// the person's name, within bounds that the person signs. This process need not stay alive.
/// </summary>
internal static class CentralAt
{
    public static Option<string?> Option() => new("--central-at")
    {
        Description = "Run the algorithm's central program at this organization's node, id or name, instead of here: "
            + "the question then goes on without this computer.",
        HelpName = "ORGANIZATION",
    };

    public static Option<string[]> DelegatedOption() => new("--delegate")
    {
        Description = "With --central-at and an image: the functions that its central function (--function) may ask of the sites.",
        HelpName = "FUNCTION",
        AllowMultipleArgumentsPerToken = true,
    };

    internal sealed record Ask(TaskOptions Options, string At, CentralProgram? Program, IReadOnlyList<string> Delegated, CollaborationId Collaboration,
        byte[] Arguments, bool AcceptMissing, bool Wait, string? File);

    /// <summary>What runs at the node, and what it may ask.</summary>
    /// <param name="Known">Null for an image: what it gives stands for itself.</param>
    private sealed record Plan(string Function, IReadOnlyList<string> Delegated, CentralProgram? Known);

    public static async Task<int> GoAsync(Invocation call, Ask ask, CancellationToken cancellationToken)
    {
        var plan = Check(call, ask);
        var submitted = await SubmitAsync(call, ask, plan, cancellationToken);
        if (!ask.Wait)
        {
            return RunCommand.Told(call, submitted, [.. submitted.NotAsked.Select(n => new UnaskedSite(n.Site, n.Why))]);
        }

        // The question goes on without this process: whoever stops waiting has to know what to ask for later.
        call.Output.Say($"{submitted.Id} is asked; it goes on without this computer. Read it any time with: vantage task result {submitted.Id}");
        var progress = new ProgressLines(call.Output, TaskSelection.SiteNames(call));
        await foreach (var view in call.Client.WatchAsync(submitted.Id, cancellationToken))
        {
            progress.Show(view);
        }

        return plan.Known is { } program
            ? AnswerText.Show(call, program, await AnswerAsync(call, submitted.Id, submitted.NotAsked, cancellationToken), ask.File)
            : await ResultCommand.ShowAsync(call, submitted.Id, null, ask.File, cancellationToken);
    }

    /// <summary>Null where the task is none of this kind.</summary>
    public static async Task<int?> ShowAsync(Invocation call, TaskView task, string? file, CancellationToken cancellationToken) =>
        RunCommand.CentralOf(task.Algorithm.Name) is { } program && program.Central.Name == task.Function
            ? AnswerText.Show(call, program, await AnswerAsync(call, task.Id, null, cancellationToken), file)
            : null;

    private static async Task<Answer<JsonElement?>> AnswerAsync(Invocation call, TaskId task,
        IReadOnlyList<SiteNotAsked>? notAsked, CancellationToken cancellationToken) =>
        await call.Client.DelegatedAnswerAsync(task, notAsked, cancellationToken) with
        {
            Disclosure = call.Home.ReadProfile().Disclosure,
        };

    private static Plan Check(Invocation call, Ask ask)
    {
        var name = call.Required(ask.Options.Algorithm);
        if (name.StartsWith("oci:", StringComparison.Ordinal) || (ask.Delegated.Count > 0 && RunCommand.CentralOf(name) is null))
        {
            return call.Value(ask.Options.Function) is { } function && ask.Delegated.Count > 0
                ? new Plan(function, ask.Delegated, null)
                : throw UsageException.Because("What an image holds is not known here: which of its functions is to run at the node, and which may it ask of the sites?",
                    "Add --function NAME --delegate NAME; 'vantage algorithm inspect', or who signed its sidecar, knows the names.");
        }

        if (ask.Delegated.Count > 0)
        {
            throw UsageException.Because("--delegate is for images; what a program that is known here asks for is known too.", "Leave it out.");
        }

        if (call.Value(ask.Options.Function) is not null)
        {
            throw UsageException.Because("--central-at runs an algorithm's whole program; --function names a part of it.",
                "Leave out one of the two.");
        }

        if (ask.AcceptMissing)
        {
            throw UsageException.Because("A program at a node takes the answers of all its sites, or none.",
                "Leave out --accept-missing; to ask fewer sites, name them with --organization.");
        }

        var program = ask.Program ?? throw UsageException.Because(
            $"'{name}' has no central program that is known here.",
            "Name its central function and what that may ask of the sites (--function NAME --delegate NAME), or leave out --central-at.");
        return new Plan(program.Central.Name, [.. program.Algorithm.Functions.OfType<SiteFunction>().Select(f => f.Name)], program);
    }

    /// <summary>Signs one task for that node, with all that it may ask of the sites.</summary>
    private static async Task<SubmittedTask> SubmitAsync(Invocation call, Ask ask, Plan plan,
        CancellationToken cancellationToken)
    {
        var (options, collaboration) = (ask.Options, ask.Collaboration);
        var named = call.Client.Algorithm(call.Required(options.Algorithm), plan.Function);
        return await call.Client.SubmitAsync(new TaskRequest
        {
            Collaboration = collaboration,
            Study = call.Value(options.Study) is { } study
                ? (await Lookup.StudyAsync(call.Client, collaboration, study, cancellationToken)).Id : null,
            Organizations = [await OrganizationAsync(call, collaboration, ask.At, cancellationToken)],
            Algorithm = named,
            Function = plan.Function,
            Arguments = ask.Arguments,
            Delegation = new DelegationRequest
            {
                Functions = plan.Delegated,
                Organizations = await options.ReadOrganizationsAsync(call, collaboration, cancellationToken),
                Data = await options.ReadDataAsync(call, cancellationToken),
            },
            Session = call.Value(options.Session),
            Resources = options.ReadResources(call),
            LostNode = call.Value(options.LostNode),
            Purpose = call.Value(options.Purpose),
            ProjectCode = call.Value(options.Project),
            Lifetime = options.ReadLifetime(call),
        }, cancellationToken);
    }

    private static async Task<OrganizationId> OrganizationAsync(Invocation call, CollaborationId collaboration, string at,
        CancellationToken cancellationToken)
    {
        var members = (await call.Client.Collaborations.GetAsync(collaboration, cancellationToken)).Members;
        return members.Where(m => m.Name == at || m.Organization.ToString() == at).ToList() is [var one]
            ? one.Organization
            : throw new VantageException(ClientErrorCodes.NoTargets, $"'{at}' is not one member of the collaboration.",
                $"Its members: {string.Join(", ", members.Select(m => m.Name))}.");
    }
}
