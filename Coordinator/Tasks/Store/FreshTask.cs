using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Store;

/// <summary>
/// How a task stands at the instant that stores it. All of it is known by then, so that its answer needs no reading; a law
/// of the stores' conformance suite holds this against what reading says.
/// </summary>
internal static class FreshTask
{
    private static readonly NodePresence Unseen = new(NodeMode.Active, null, null);

    public static TaskSnapshot Of(NewTask task, DateTimeOffset now, IReadOnlyDictionary<NodeId, NodePresence> nodes)
    {
        var manifest = task.Manifest;
        var notAfter = Stored(manifest.NotAfter);
        return new TaskSnapshot(task.Key, manifest.Job, manifest.Study, manifest.Type, manifest.Algorithm, manifest.Function,
            task.Asker, task.ManifestDigest, now, Stored(manifest.NotBefore), notAfter, null, null, now,
            [.. manifest.Targets.OrderBy(target => target.Run.Value).Select(target => new RunSnapshot(target.Run, target.Organization,
                target.Node, null, RunState.New(notAfter), null, null, WaitingReason.None, null, now,
                nodes.GetValueOrDefault(target.Node) ?? Unseen, Inputs(target)))]);
    }

    private static PayloadSnapshot[] Inputs(ManifestTarget target) =>
    [
        Input(target.Node, target.Input),
        .. target.Alternates.Select(alternate => Input(alternate.Node, alternate.Input)),
    ];

    private static PayloadSnapshot Input(NodeId node, PayloadRef input) =>
        new(PayloadKind.Input, node, input.Digest, input.Size, Available: true);

    /// <summary>The database counts in microseconds.</summary>
    private static DateTimeOffset Stored(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
