using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Disclosure;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>What a run is held to: by a policy's rule, or by nobody but the machine.</summary>
internal sealed record RehearsalTerms
{
    private const int Roomy = 4096;

    /// <summary>Where no policy is rehearsed.</summary>
    public static RehearsalTerms Free { get; } = new()
    {
        Source = "table",
        Limits = new RuntimeLimits(Cpu: 1, MemoryMiB: Roomy, DiskMiB: Roomy, TimeSpan.FromHours(1)),
        OutputMiB = 64,
    };

    /// <summary>What the files stand for.</summary>
    public required string Source { get; init; }

    public required RuntimeLimits Limits { get; init; }

    public required int OutputMiB { get; init; }

    /// <summary>The columns that may be seen; null for all.</summary>
    public IReadOnlySet<string>? Columns { get; init; }

    public IReadOnlySet<SandboxDemand> Demands { get; init; } = new HashSet<SandboxDemand>();

    public IReadOnlyList<EgressGrant> Egress { get; init; } = [];

    public int EgressMiB { get; init; }

    /// <summary>What may leave; everything where no policy is rehearsed.</summary>
    public DisclosureRules Disclosure => Rule?.Disclosure ?? DisclosureRules.Off;

    /// <summary>Null where no policy is rehearsed.</summary>
    private AcceptRule? Rule { get; init; }

    public static RehearsalTerms Of(NodePolicy policy, AcceptRule rule, string source, ResourceRequest ask, IReadOnlyList<string> egress) => new()
    {
        Source = source,
        Limits = new RuntimeLimits(ask.Cpu, ask.MemoryMiB, ask.DiskMiB, TimeSpan.FromSeconds(ask.TimeSeconds)),
        OutputMiB = rule.Limits.OutputMiB,
        Columns = rule.Data.FirstOrDefault(grant => grant.Source == source)?.Columns,
        Demands = policy.Docker?.Demands ?? new HashSet<SandboxDemand>(),
        Egress = [.. rule.Egress.Where(grant => egress.Contains(grant.Name))],
        EgressMiB = rule.Limits.EgressMiB,
        Rule = rule,
    };

    /// <summary>Null if the rule lets so few rows be computed on.</summary>
    public string? Refusal(Snapshot snapshot) => Rule is null ? null : MinimumRows.Refusal(Rule, Source, snapshot.Rows);
}
