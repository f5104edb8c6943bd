using System.Text.Json;
using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Client.Asking;
using Vantage.Client.Results;
using Vantage.Client.Tasks;
using Vantage.Client.Watching;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Client.Federation;

/// <summary>
/// A federation over the wire: a central program runs in this process, each of its rounds is a task of one job, and
/// what comes back was verified and decrypted here. The process has to stay alive between the rounds.
/// </summary>
public sealed class WireFederation : IFederation
{
    private readonly VantageClient client;
    private readonly WireFederationOptions options;
    private readonly IReadOnlyList<QuestionSite> sites;
    private readonly List<SubmittedTask> rounds = [];
    private readonly int roundsBefore;
    private readonly KnownCircle circle;

    private WireFederation(VantageClient client, WireFederationOptions options, JobId job,
        IReadOnlyList<QuestionSite> sites, int roundsBefore)
    {
        (this.client, this.options, this.sites, this.roundsBefore) = (client, options, sites, roundsBefore);
        Sites = [.. sites.Select(s => s.Site)];
        Job = job;
        circle = new KnownCircle(client.Rest.Time);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Sites { get; }

    /// <summary>Members that cannot be asked, and why.</summary>
    public IReadOnlyList<SiteNotAsked> NotAsked { get; private init; } = [];

    /// <summary>What all rounds belong to.</summary>
    public JobId Job { get; }

    /// <summary>The tasks so far, one per round.</summary>
    public IReadOnlyList<SubmittedTask> Rounds => rounds;

    /// <summary>Called with the round's number and each new state of it, for who wants to show it.</summary>
    public Action<int, TaskView>? OnProgress { get; set; }

    internal IReadOnlyList<QuestionSite> Targets => sites;

    /// <summary>Chooses the sites, once for all rounds, and verifies their keys.</summary>
    public static async Task<WireFederation> JoinAsync(VantageClient client, WireFederationOptions options,
        CancellationToken cancellationToken = default)
    {
        var plan = await client.PlanAsync(
            new TargetChoice(options.Collaboration, options.Study, options.Organizations, null, options.LostNode),
            cancellationToken);
        var names = SiteNames.Of(plan.Targets.Select(t => (t.Organization, t.Site)).ToList());
        return new WireFederation(client, options, JobId.New(client.Rest.Time),
            // By name, so that equal questions read equally whatever order the Coordinator lists members in.
            [.. plan.Targets.Zip(names, (target, name) => new QuestionSite(target.Organization, name))
                .OrderBy(site => site.Site, StringComparer.Ordinal)], 0)
        { NotAsked = plan.NotAsked };
    }

    /// <summary>The same sites under the same names, for more rounds of a job that was begun.</summary>
    internal static WireFederation Rejoin(VantageClient client, AskedQuestion question) =>
        new(client, question.Options(), question.Job, question.Sites, question.Rounds.Count);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(Algorithm algorithm,
        PartialFunction<TArgs, TResult> function, TArgs arguments, CancellationToken cancellationToken)
    {
        var round = await SubmitAsync(Sites, $"{algorithm.Name}@{algorithm.Version}", function.Name,
            JsonSerializer.SerializeToUtf8Bytes(arguments, function.Arguments), cancellationToken);
        var number = roundsBefore + rounds.Count;
        var settled = await SettleAsync(round.Id, number, cancellationToken);
        var answers = await Task.WhenAll(Sites.Zip(round.Targets, (site, target) =>
            new SiteRunReader(client, site, number).ReadAsync(ShownRun.Of(settled, target.Run, Digest.OfText(round.Manifest)),
                function.Result, cancellationToken)));
        return [.. answers.Select(a => a.Result)];
    }

    /// <summary>A round at some of the sites; its targets are in their order.</summary>
    internal async Task<SubmittedTask> SubmitAsync(IReadOnlyList<string> asked, string algorithm, string function,
        byte[] arguments, CancellationToken cancellationToken)
    {
        var organizations = asked.Select(name => sites.Single(s => s.Site == name).Organization).ToList();
        var round = await client.SubmitAsync(new TaskRequest
        {
            Collaboration = options.Collaboration,
            Study = options.Study,
            Organizations = organizations,
            Job = Job,
            Algorithm = options.Resolve?.Invoke(algorithm) ?? client.Algorithm(algorithm, function),
            Function = function,
            Arguments = arguments,
            Data = options.Data,
            Session = options.Session,
            Resources = options.Resources,
            LostNode = options.LostNode,
            Purpose = options.Purpose,
            ProjectCode = options.ProjectCode,
            Lifetime = options.Lifetime,
            Circle = circle,
        }, cancellationToken);
        round = round with
        {
            Targets = [.. organizations.Select(o => round.Targets.Single(t => t.Organization == o))],
        };
        lock (rounds)
        {
            rounds.Add(round);
        }

        return round;
    }

    internal async Task<TaskView> SettleAsync(TaskId task, int round, CancellationToken cancellationToken)
    {
        try
        {
            if (OnProgress is null)
            {
                return await TaskEnd.WaitAsync(client.Rest, task, cancellationToken);
            }

            TaskView? last = null;
            await foreach (var view in client.WatchAsync(task, cancellationToken))
            {
                last = view;
                OnProgress?.Invoke(round, view);
            }

            return last!;
        }
        catch (OperationCanceledException)
        {
            // The program gives up, so nobody would read the answers. If this fails too, the task ends by its notAfter.
            using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await client.CancelAsync(task, shortly.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
    }
}
