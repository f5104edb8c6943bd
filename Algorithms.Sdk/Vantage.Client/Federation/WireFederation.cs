using System.Text.Json;
using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Client.Connection;
using Vantage.Client.Tasks;
using Vantage.Protocol.Api;
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
    private readonly IReadOnlyList<OrganizationId> organizations;
    private readonly List<SubmittedTask> rounds = [];

    private WireFederation(VantageClient client, WireFederationOptions options, TaskPlan plan)
    {
        this.client = client;
        this.options = options;
        organizations = plan.Targets.Select(t => t.Organization).ToList();
        Sites = SiteNames.Of(plan.Targets.Select(t => (t.Organization, t.Site)).ToList());
        NotAsked = plan.NotAsked;
        Job = JobId.New(client.Rest.Time);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Sites { get; }

    /// <summary>Members that cannot be asked, and why.</summary>
    public IReadOnlyList<SiteNotAsked> NotAsked { get; }

    /// <summary>The job that all rounds belong to.</summary>
    public JobId Job { get; }

    /// <summary>The tasks so far, one per round.</summary>
    public IReadOnlyList<SubmittedTask> Rounds => rounds;

    /// <summary>Called with each new state of a round, for who wants to show it.</summary>
    public Action<SubmittedTask, TaskView>? OnProgress { get; set; }

    /// <summary>Chooses the sites, once for all rounds, and verifies their keys.</summary>
    public static async Task<WireFederation> JoinAsync(VantageClient client, WireFederationOptions options,
        CancellationToken cancellationToken = default)
    {
        var plan = await client.PlanAsync(
            new TargetChoice(options.Collaboration, options.Study, options.Organizations, null, options.LostNode),
            cancellationToken);
        return new WireFederation(client, options, plan);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(Algorithm algorithm,
        PartialFunction<TArgs, TResult> function, TArgs arguments, CancellationToken cancellationToken)
    {
        var name = $"{algorithm.Name}@{algorithm.Version}";
        var round = await client.SubmitAsync(new TaskRequest
        {
            Collaboration = options.Collaboration,
            Study = options.Study,
            Organizations = organizations,
            Job = Job,
            Algorithm = options.Resolve?.Invoke(name) ?? client.Algorithm(name, function.Name),
            Function = function.Name,
            Arguments = JsonSerializer.SerializeToUtf8Bytes(arguments, function.Arguments),
            Data = options.Data,
            Resources = options.Resources,
            LostNode = options.LostNode,
            Purpose = options.Purpose,
            ProjectCode = options.ProjectCode,
            Lifetime = options.Lifetime,
        }, cancellationToken);
        rounds.Add(round);
        var settled = await SettleAsync(round, cancellationToken);
        var results = new List<SiteResult<TResult>>();
        foreach (var (organization, site) in organizations.Zip(Sites))
        {
            var run = settled.Runs.Single(r => r.Id == round.Targets.Single(t => t.Organization == organization).Run);
            // The site did its part: being out of reach for a moment must not lose it for the whole program.
            results.Add(await new Patience(client.Rest.Time, client.Rest.GiveUpAfter).KeepTryingAsync(
                () => SiteResultReader.ReadAsync(client, site, run, function.Result, cancellationToken),
                cancellationToken));
        }

        return results;
    }

    private async Task<TaskView> SettleAsync(SubmittedTask round, CancellationToken cancellationToken)
    {
        try
        {
            TaskView? last = null;
            await foreach (var view in client.WatchAsync(round.Id, cancellationToken))
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
            await client.CancelAsync(round.Id, shortly.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
    }
}
