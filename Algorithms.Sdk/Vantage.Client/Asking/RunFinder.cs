using Vantage.Algorithms.Functions;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Client.Results;
using Vantage.Client.Tasks;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Asking;

/// <summary>
/// Answers one round: from what the sites answered before to the very same question, else by asking those that have
/// no answer yet, as one task of the job.
/// </summary>
internal sealed class RunFinder(VantageClient client, WireFederation wire, Memory memory, string algorithm) : IRounds
{
    private readonly Dictionary<TaskId, TaskView> settled = [];
    private readonly Dictionary<RunId, SiteReceipt> receipts = [];
    private readonly Dictionary<string, RunOutcome> ends = [];
    private readonly int roundsBefore = memory.Question.Rounds.Count;

    public Effort Effort { get; init; } = Effort.AskAndWait;

    /// <summary>Sites whose failures of before count for nothing: they are asked again.</summary>
    public IReadOnlyList<string> Again { get; init; } = [];

    /// <summary>Where each answer that was read came from, in the order of the rounds.</summary>
    public IReadOnlyList<SiteReceipt> Receipts => [.. receipts.Values.OrderBy(r => r.Round)];

    /// <summary>How each site's last run ended.</summary>
    public IReadOnlyCollection<RunOutcome> Ends => ends.Values;

    public async Task<IReadOnlyList<SiteRun<TResult>>> FindAsync<TArgs, TResult>(IReadOnlyList<string> sites,
        PartialFunction<TArgs, TResult> function, byte[] arguments, Digest digest, int time,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, (ShownRun Shown, int Round)>();
        foreach (var site in sites)
        {
            if (await RecallAsync(site, function.Name, digest, time, cancellationToken) is { } run)
            {
                found[site] = run;
            }
        }

        var unasked = sites.Where(site => !found.ContainsKey(site)).ToList();
        if (unasked.Count > 0)
        {
            var round = await AskAsync(unasked, function.Name, arguments, digest, cancellationToken);
            var number = memory.Question.Rounds.Count;
            var view = settled[round.Id] = await wire.SettleAsync(round.Id, number, cancellationToken);
            foreach (var (site, target) in unasked.Zip(round.Targets))
            {
                found[site] = (ShownRun.Of(view, target.Run, memory.Question.Rounds[^1].Manifest), number);
            }
        }

        foreach (var (site, (shown, _)) in found)
        {
            ends[site] = shown.Run.Outcome!.Value;
        }

        return await ReadAsync(sites, found, function, cancellationToken);
    }

    private async Task<SubmittedTask> AskAsync(IReadOnlyList<string> sites, string function, byte[] arguments,
        Digest digest, CancellationToken cancellationToken)
    {
        if (Effort == Effort.ReadOnly)
        {
            var last = memory.Question.Rounds[^1].Task;
            throw new VantageException(ClientErrorCodes.NothingThere,
                $"{algorithm} needs more rounds than {last} was, and its program does not run any more.",
                $"Go on with it from where it is: vantage task retry {last} --wait.");
        }

        var round = await wire.SubmitAsync(sites, algorithm, function, arguments, cancellationToken);
        memory.Begin(round, function, digest, sites);
        return Effort == Effort.AskAndWait ? round : throw new AskedException(round);
    }

    /// <summary>The site's answer when it was asked this for the n-th time; null if it has yet to be asked.</summary>
    private async Task<(ShownRun Shown, int Round)?> RecallAsync(string site, string function, Digest arguments, int time,
        CancellationToken cancellationToken)
    {
        var known = new List<(ShownRun Shown, int Round)>();
        foreach (var (index, round) in memory.Question.Rounds.Index())
        {
            if (round.Function != function || round.Arguments != arguments
                || !round.Runs.TryGetValue(site, out var id))
            {
                continue;
            }

            var shown = ShownRun.Of(await SettledAsync(round.Task, index + 1, cancellationToken), id, round.Manifest);
            if (known is [.., var (before, _)] && before.Run.Outcome != RunOutcome.Succeeded)
            {
                // The later one is a retry of it.
                known.RemoveAt(known.Count - 1);
            }

            if (shown.Run.Outcome == RunOutcome.Succeeded || index >= roundsBefore || !Again.Contains(site))
            {
                known.Add((shown, index + 1));
            }
        }

        return known.Count >= time ? known[time - 1] : null;
    }

    private async Task<TaskView> SettledAsync(TaskId id, int round, CancellationToken cancellationToken)
    {
        if (!settled.TryGetValue(id, out var task))
        {
            task = Effort == Effort.AskAndWait
                ? await wire.SettleAsync(id, round, cancellationToken)
                : await client.GetTaskAsync(id, cancellationToken);
            settled[id] = task.Outcome is not null ? task : throw new VantageException(ClientErrorCodes.NothingThere,
                $"{id} is still open: {task.Runs.Count(r => r.Outcome is not null)} of {task.Runs.Count} sites have ended.",
                $"Wait for it (vantage task watch {id}), see why (vantage task explain {id}), or read one site (--site).");
        }

        return task;
    }

    /// <summary>Reads every site, also when one turns out not to be believed: then that is thrown at the end.</summary>
    private async Task<IReadOnlyList<SiteRun<TResult>>> ReadAsync<TArgs, TResult>(IReadOnlyList<string> sites,
        Dictionary<string, (ShownRun Shown, int Round)> found, PartialFunction<TArgs, TResult> function,
        CancellationToken cancellationToken)
    {
        var reading = sites.Select(site => new SiteRunReader(client, site, found[site].Round)
            .ReadAsync(found[site].Shown, function.Result, cancellationToken)).ToList();
        await Task.WhenAll(reading).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var receipt in reading.Where(r => r.IsCompletedSuccessfully).Select(r => r.Result.Receipt))
        {
            if (receipt is not null)
            {
                receipts[receipt.Run] = receipt;
            }
        }

        return await Task.WhenAll(reading);
    }
}

/// <summary>How far to go for a round that has no answer yet.</summary>
internal enum Effort
{
    /// <summary>Ask, and stay until the answers are there.</summary>
    AskAndWait,

    /// <summary>Ask, and leave.</summary>
    AskOnly,

    /// <summary>Read what is there.</summary>
    ReadOnly,
}

/// <summary>Leads out of a central program whose round was asked and is not waited for.</summary>
internal sealed class AskedException(SubmittedTask round) : Exception("The round was asked; nobody waits for it here.")
{
    public SubmittedTask Round => round;
}
