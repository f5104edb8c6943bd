using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Approvals;

/// <summary>One question to a person of the site, and what became of it.</summary>
/// <param name="Epoch">The handing of the run under which it was asked: its files lie in that one's folder.</param>
/// <param name="Subject">Of everything that is asked about. An answer names it, and is good for nothing else.</param>
/// <param name="Policy">The policy that wants an answer: its version, and the rule.</param>
/// <param name="Until">Without an answer by then it is no.</param>
internal sealed record Approval(
    ApprovalGate Gate, long Epoch, Digest Subject, string Policy, string Rule, DateTimeOffset Since, DateTimeOffset Until,
    ApprovalAnswer? Answer = null)
{
    public bool IsOpen => Answer is null;

    public bool IsRefusal => Answer is { Word: not ApprovalWord.Approved };

    /// <summary>Somebody said yes to exactly this.</summary>
    public bool Allows(Digest subject) => Answer is { Word: ApprovalWord.Approved } && Subject == subject;
}

/// <param name="By">The account of this machine that answered; null if time did.</param>
/// <param name="Note">What the person wrote besides; sealed for the recipients.</param>
internal sealed record ApprovalAnswer(ApprovalWord Word, DateTimeOffset At, string? By = null, string? Note = null);
