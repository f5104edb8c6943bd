using Microsoft.AspNetCore.SignalR;
using Vantage.Coordinator.Audit.Reading;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks;
using Vantage.Coordinator.Tasks.Commits;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;

namespace Vantage.Coordinator.Realtime.Nodes;

/// <summary>What the Coordinator does when a node speaks, whatever the wire.</summary>
internal sealed class NodeDesk(
    IRunStore store, ICommits commits, IWakeups wakeups, IHeadBook heads, TaskSettings settings, TimeProvider time)
{
    private const int Version = 1;

    /// <summary>Manifests can be large, and many claims make many small messages better than one huge one.</summary>
    private const int MostClaims = 32;

    public Welcome Welcome(Hello hello, NodeTalk connection)
    {
        if (hello.Min > Version || hello.Max < Version)
        {
            throw Refuse(ErrorCodes.ProtocolVersion,
                $"This Coordinator speaks version {Version} of the node protocol, the node {hello.Min} to {hello.Max}. "
                + $"Update the {(hello.Min > Version ? "Coordinator" : "node")}.");
        }

        connection.AgentVersion = hello.AgentVersion.Length <= 100 ? hello.AgentVersion : hello.AgentVersion[..100];
        return new Welcome(Version, [], connection.Caller.Node, Seconds(settings.Heartbeat), Seconds(settings.Lease),
            Seconds(settings.Reconcile), SealedBytes.MaxInline, time.GetUtcNow());
    }

    public async Task<HeartbeatReply> BeatAsync(Heartbeat heartbeat, NodeTalk connection, CancellationToken cancellationToken)
    {
        // New work is hinted at; looking for it is for hints that were lost, and news comes many times between two looks.
        var looks = heartbeat.Reports.Count == 0 || connection.LookedAt == 0
            || time.GetElapsedTime(connection.LookedAt) >= settings.Heartbeat;
        if (looks)
        {
            connection.LookedAt = time.GetTimestamp();
        }

        var answer = await store.BeatAsync(
            new NodeBeat(connection.Working, Checked(heartbeat.Mode), Checked(heartbeat.Reports), connection.AgentVersion!, looks),
            cancellationToken);
        Failpoint.Pass("beat.stored");
        wakeups.Moved(answer.Moved);
        return new HeartbeatReply(answer.LeaseUntil, answer.Stop, answer.WorkWaiting);
    }

    public async Task<ReconcileReply> ReconcileAsync(Inventory inventory, NodeTalk connection, CancellationToken cancellationToken)
    {
        var justClaimed = connection.JustClaimed.Keys.ToList();
        var answer = await store.ReconcileAsync(
            new NodeInventory(connection.Working, Checked(inventory.Mode), Checked(inventory.Runs), justClaimed, connection.AgentVersion!),
            cancellationToken);
        Failpoint.Pass("reconcile.stored");
        // Spared once: by its next inventory the node has read every answer to what it asked before this one.
        justClaimed.ForEach(run => connection.JustClaimed.TryRemove(run, out _));
        wakeups.Changed(answer.Moved);
        var head = inventory.AuditSize is { } held ? await heads.OfferAsync(held, cancellationToken) : null;
        return new ReconcileReply(answer.Keep, answer.Stop, answer.WorkWaiting, Audit: head);
    }

    public async Task<ClaimReply> ClaimAsync(ClaimRequest request, NodeTalk connection, CancellationToken cancellationToken)
    {
        if (request.Max < 1)
        {
            return new ClaimReply([]);
        }

        Failpoint.Pass("claim.asked");
        var runs = await store.ClaimAsync(new ClaimBid(connection.Working, Math.Min(request.Max, MostClaims)), cancellationToken);
        if (runs.Count > 0)
            Failpoint.Pass("claim.stored");
        foreach (var run in runs)
        {
            connection.JustClaimed[run.Run] = run.Epoch;
        }

        commits.Expect(runs);
        if (runs.Count == MostClaims && request.Max > MostClaims)
        {
            wakeups.NodesMayClaim([connection.Caller.Node]);
        }

        wakeups.Moved(runs.Select(run => run.Collaboration).Distinct());
        return new ClaimReply([.. runs.Select(run =>
            new ClaimedRun(run.Run, run.Task, run.Epoch, run.Manifest, run.ParentManifest, run.Input))]);
    }

    public Task<CommitReply> CommitAsync(CommitRequest request, NodeTalk connection, CancellationToken cancellationToken) =>
        commits.CommitAsync(request, connection.Working, cancellationToken);

    /// <summary>A refusal as it travels over the hub: its code, then a sentence.</summary>
    public static HubException Refuse(string code, string sentence) => new($"{code}: {sentence}");

    private static NodeMode Checked(NodeMode mode) =>
        Enum.IsDefined(mode) ? mode : throw Refuse(ErrorCodes.InvalidInput, "mode: not one of this protocol version.");

    private static IReadOnlyList<RunReport> Checked(IReadOnlyList<RunReport> reports) =>
        reports.All(report => report.Progress is null or (>= 0 and <= 100) && Enum.IsDefined(report.Waiting))
            ? reports
            : throw Refuse(ErrorCodes.InvalidInput, "reports: progress lies between 0 and 100, and waiting is one of the protocol's reasons.");

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)time.TotalSeconds);
}
