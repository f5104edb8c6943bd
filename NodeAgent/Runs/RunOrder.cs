using Vantage.NodeAgent.Approvals;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Runs;

/// <summary>
/// One run, ready to be done: its manifest was verified against the pinned roots, this node is its target, the policy
/// allowed it and its input was opened.
/// </summary>
internal sealed record RunOrder
{
    public required TaskManifest Manifest { get; init; }

    /// <summary>Of the signed manifest's exact bytes: what receipts name.</summary>
    public required Digest ManifestDigest { get; init; }

    /// <summary>The signed manifest, byte for byte: subtasks come with it.</summary>
    public required string Signed { get; init; }

    /// <summary>This node's part of the manifest. Its <c>Run</c> is the run.</summary>
    public required ManifestTarget Target { get; init; }

    public required long Epoch { get; init; }

    public required Requester Requester { get; init; }

    /// <summary>The rule that allowed the run.</summary>
    public required PolicyDecision.Allowed Permission { get; init; }

    /// <summary>What a person of the site said before, if anything.</summary>
    public Approval? BeforeRun { get; init; }

    /// <summary>The opened input: the algorithm's arguments, one JSON value in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>Exists, empty, mode 0700, this run's alone, swept by the supervisor after the run was acknowledged.</summary>
    public required string WorkDirectory { get; init; }

    public RunId Run => Target.Run;
}

/// <summary>Who asks.</summary>
/// <param name="Organization">The user's organization, pinned.</param>
/// <param name="User">The person whose signature carries the request: for a subtask, the signer of its parent.</param>
/// <param name="Delegate">Set for a subtask: the node that signed it within the parent's delegation.</param>
internal sealed record Requester(OrganizationId Organization, UserId User, RunDelegate? Delegate = null);

/// <param name="Organization">The delegate's organization, which the policy judges too.</param>
internal sealed record RunDelegate(OrganizationId Organization, NodeId Node, TaskManifest Parent, Digest ParentDigest);
