using System.Text.Json;
using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Client.Errors;
using Vantage.Client.Tasks;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Federation;

/// <summary>
/// A federation over the wire: a central program runs in this process, each of its rounds is a task of one job, and what
/// comes back was verified and decrypted here. The process has to stay alive between the rounds.
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

    public IReadOnlyList<string> Sites { get; }

    /// <summary>Members that cannot be asked, and why.</summary>
    public IReadOnlyList<SiteNotAsked> NotAsked { get; }

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
            new TargetChoice(options.Collaboration, options.Study, options.Organizations, null, options.LostNode), cancellationToken);
        return new WireFederation(client, options, plan);
    }

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
            results.Add(await ReadAsync(site, run, function, cancellationToken));
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

    private async Task<SiteResult<TResult>> ReadAsync<TArgs, TResult>(string site, RunView run,
        PartialFunction<TArgs, TResult> function, CancellationToken cancellationToken) => run.Outcome switch
        {
            RunOutcome.Succeeded => new SiteResult<TResult>.Succeeded(site,
                await client.ResultAsync(run.Id, function.Result, cancellationToken)),
            RunOutcome.Failed => new SiteResult<TResult>.Failed(site, await FailureAsync(run, cancellationToken)),
            RunOutcome.Refused => await RefusalAsync<TResult>(site, run, cancellationToken),
            RunOutcome.Cancelled => new SiteResult<TResult>.Cancelled(site),
            RunOutcome.Expired => new SiteResult<TResult>.Expired(site),
            RunOutcome.Lost => new SiteResult<TResult>.Lost(site),
            _ => throw new VantageException(ErrorCodes.Internal, $"The Coordinator calls the task settled, but {run.Id} has not ended."),
        };

    private async Task<RunFailure> FailureAsync(RunView run, CancellationToken cancellationToken)
    {
        var error = await client.ErrorAsync(run.Id, cancellationToken);
        return new RunFailure(error.Code, error.Message, Detail: error.Detail);
    }

    private async Task<SiteResult<TResult>> RefusalAsync<TResult>(string site, RunView run, CancellationToken cancellationToken)
    {
        var error = await client.ErrorAsync(run.Id, cancellationToken);
        return new SiteResult<TResult>.Refused(site, error.Rule ?? error.Code, error.Message);
    }
}
