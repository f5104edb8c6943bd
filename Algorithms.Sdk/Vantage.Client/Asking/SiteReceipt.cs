using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Asking;

/// <summary>A node's signed statement of one run.</summary>
/// <param name="Site">What the asker's own organization calls it.</param>
/// <param name="Run">The run at that site.</param>
/// <param name="Task">The round's task.</param>
/// <param name="Round">
/// The round's place in the job, from 1; 0 for the central function itself, where that ran at a node.
/// </param>
/// <param name="Outcome">How the node says that the run ended.</param>
/// <param name="Digest">SHA-256 of the receipt as the node signed it.</param>
/// <param name="Verified">
/// Signed by a node that a pinned root certified, and speaking of this very question and of what was opened here.
/// Always true: what does not verify is not given out.
/// </param>
public sealed record SiteReceipt(string Site, RunId Run, TaskId Task, int Round, RunOutcome Outcome, Digest Digest,
    bool Verified);
