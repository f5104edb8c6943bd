using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Disclosure.Memory.Desk;

/// <summary>What the node says of its memory.</summary>
/// <param name="Message">What was done, or why not.</param>
internal sealed record MemoryReply(string Message, IReadOnlyList<MemoryView> Datasets)
{
    /// <summary>There is nothing of that name.</summary>
    public bool IsUnknown { get; init; }
}

/// <param name="Dataset">The source.</param>
/// <param name="Sets">Different sets of its rows that answers were about.</param>
/// <param name="First">When the first of them left.</param>
/// <param name="Last">When the last one did that was about rows none before was about.</param>
/// <param name="ForgottenAt">When an admin last had it all forgotten.</param>
/// <param name="Tables">Tables of counts that left, each once for the rows it is about.</param>
/// <param name="Today">What organizations had of it, where the policy counts that.</param>
internal sealed record MemoryView(
    string Dataset, int Sets, DateTimeOffset? First, DateTimeOffset? Last, DateTimeOffset? ForgottenAt, int Tables, IReadOnlyList<MemorySpending> Today);

internal sealed record MemorySpending(OrganizationId Organization, int Answers, long Bytes);
