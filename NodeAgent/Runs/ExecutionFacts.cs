using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Runs;

/// <summary>What really happened, as far as the executor knows it: goes into the inner receipt.</summary>
/// <param name="StartedAt">When the algorithm began; null if it never did.</param>
internal sealed record ExecutionFacts(DateTimeOffset? StartedAt = null, DateTimeOffset? FinishedAt = null)
{
    public IReadOnlyList<DatasetUsed> Datasets { get; init; } = [];

    /// <summary>
    /// The policy's later word, once the columns that the arguments name are known. Null if it was not asked again; then
    /// the word that let the run in stands.
    /// </summary>
    public PolicyDecision? Decision { get; init; }

    /// <summary>How many values disclosure control held back.</summary>
    public int HeldBack { get; init; }

    /// <summary>Whose signature the image had; null if the code is no image.</summary>
    public ReceiptImage? Image { get; init; }

    /// <summary>The runtime, such as <c>process</c>; null if nothing was started.</summary>
    public string? Sandbox { get; init; }

    /// <summary>Each confinement and how it was enforced, such as <c>network</c> → <c>none</c> or <c>not enforced</c>.</summary>
    public IReadOnlyDictionary<string, string> Enforced { get; init; } = new Dictionary<string, string>();
}

/// <summary>Exactly which data a run saw.</summary>
/// <param name="Label">The manifest's label.</param>
/// <param name="Digest">Of the source's content.</param>
/// <param name="Mapping">How they came to speak a dictionary; null where they are taken as they are.</param>
internal sealed record DatasetUsed(string Label, string Id, string? Version, Digest? Digest, long? Rows, ReceiptMapping? Mapping = null);
