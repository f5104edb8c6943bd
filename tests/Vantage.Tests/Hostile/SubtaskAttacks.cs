using Vantage.Protocol.Errors;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Trust;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Hostile;

/// <summary>More than a person delegated, or delegated by nobody.</summary>
internal static class SubtaskAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        .. new[] { "function", "algorithm", "data id", "target", "resources", "not after", "purpose", "collaboration", "parent digest" }
            .Select(how => Refused($"a subtask that widens its delegation: {how}", d => d.Claim(d.Widen(how)))),
        Refused("a subtask with a foreign parent", d => d.Claim(d.Subtask) with { ParentManifest = d.Alliance.Ask(Partner.Now).Jws }),
        Refused("a subtask without its parent", d => d.Claim(d.Subtask) with { ParentManifest = null }),
        Refused("a subtask signed by a node that nothing was delegated to", d => d.Claim(d.Subtask) with
        {
            Manifest = Alliance.Sign(d.Subtask, d.Alliance.Hospital.NodeKey, d.Alliance.Hospital.NodeChain),
        }),
        Refused("a person's task with a parent by its side", d => d.Parent.Claim(parent: d.Alliance.Ask(Partner.Now).Jws)),
        new("a subtask that others than its delegate could read", "node", RunCodes.RecipientUntrusted, site =>
        {
            var given = new Delegated(site.Alliance);
            return site.HandOverAsync(given.Claim(given.Subtask with { Recipients = [.. given.Subtask.Recipients, Alliance.Recipient(site.Alliance.University)] }));
        }),
    ];

    private static Attack Refused(string name, Func<Delegated, Vantage.Protocol.Hub.ClaimedRun> claim) =>
        new(name, "node", RunCodes.ManifestUntrusted, site => site.HandOverAsync(claim(new Delegated(site.Alliance))));
}
