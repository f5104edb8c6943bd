using System.Globalization;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes.Warm;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>What two calls must have in common to be done by one worker. Pure.</summary>
internal static class WarmKeys
{
    /// <param name="contents">By label: what the source held when the snapshot was taken.</param>
    /// <param name="runtime">What runs it.</param>
    public static WarmIdentity Of(RunOrder order, RunPermit permit, IReadOnlyDictionary<string, Digest> contents, string runtime) => new(
        order.Manifest.Collaboration,
        order.Manifest.Job,
        order.Requester.Organization,
        order.Requester.User,
        order.Requester.Delegate?.Node,
        WarmIdentity.Join(order.Manifest.Recipients.Select(r => r.Key.ToString()).Order(StringComparer.Ordinal)),
        order.Manifest.Algorithm,
        permit.Code,
        WarmIdentity.Join(order.Manifest.Data.Select(data => Table(permit, data.Label, data.Id, contents[data.Label]))),
        Sandbox(order, permit, runtime),
        WarmIdentity.Join(permit.Decision.Policy, permit.Rule.Name));

    private static string Table(RunPermit permit, string label, string source, Digest content) => WarmIdentity.Join(
        label, source, content.ToString(),
        permit.Columns.TryGetValue(label, out var asked) ? WarmIdentity.Join(asked) : null,
        permit.Rule.Data.First(grant => grant.Source == source).Columns is { } allowed ? WarmIdentity.Join(allowed.Order(StringComparer.Ordinal)) : null);

    private static string Sandbox(RunOrder order, RunPermit permit, string runtime) => WarmIdentity.Join(
    [
        runtime,
        order.Manifest.Resources.Cpu.ToString("R", CultureInfo.InvariantCulture),
        order.Manifest.Resources.MemoryMiB.ToString(CultureInfo.InvariantCulture),
        order.Manifest.Resources.DiskMiB.ToString(CultureInfo.InvariantCulture),
        order.Manifest.Resources.Accelerators.ToString(CultureInfo.InvariantCulture),
        .. permit.Demands.Select(demand => demand.ToString()).Order(StringComparer.Ordinal),
    ]);
}
