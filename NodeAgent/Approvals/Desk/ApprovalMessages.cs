using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Approvals.Desk;

/// <summary>What a person at this machine wants of the node, beside the verb.</summary>
/// <param name="Run">Which; null for all.</param>
/// <param name="Subject">Of what they saw.</param>
/// <param name="Note">For the recipients.</param>
/// <param name="Output">Whose bytes to send after the answer.</param>
internal sealed record ApprovalWish(RunId? Run = null, Digest? Subject = null, string? Note = null, PayloadKind? Output = null);

/// <summary>What the node says to it.</summary>
/// <param name="Refusal">Why it did nothing; null if it did.</param>
/// <param name="Waiting">What waits for an answer now.</param>
internal sealed record ApprovalReply(string Message, ApprovalFault? Refusal, IReadOnlyList<ApprovalView> Waiting);

internal enum ApprovalFault
{
    /// <summary>Nothing of that run waits.</summary>
    NotWaiting,

    /// <summary>It is not, or no longer, what was named.</summary>
    Changed,

    /// <summary>The disk did not take it, or does not give it.</summary>
    Disk,
}

/// <summary>One question that waits, as the person who may answer it sees it.</summary>
/// <param name="Subject">What an approval has to name.</param>
/// <param name="Case">What is asked; null if the disk no longer has it as it was written.</param>
/// <param name="Person">What the asker's certificate calls them.</param>
/// <param name="Organizations">What this organization's own statement of pins calls the organizations in it, by id.</param>
internal sealed record ApprovalView(
    RunId Run,
    TaskId Task,
    ApprovalGate Gate,
    Digest Subject,
    string Policy,
    string Rule,
    DateTimeOffset Since,
    DateTimeOffset Until,
    ApprovalCase? Case,
    string? Person,
    IReadOnlyDictionary<string, string> Organizations);
