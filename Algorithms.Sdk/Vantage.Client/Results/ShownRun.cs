using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.Client.Results;

/// <summary>
/// A run as the Coordinator shows it, within the task that it shows: its word alone, until what was signed agrees. A receipt
/// proves that a run answered its own question; only this proves that the question is the one that the reader means, and that
/// nobody who was asked is left out.
/// </summary>
/// <param name="Task">With all runs that the Coordinator shows of it.</param>
/// <param name="Run">One of them.</param>
/// <param name="Asked">The digest of what was signed from this home; null where it was asked elsewhere.</param>
internal sealed record ShownRun(TaskView Task, RunView Run, Digest? Asked)
{
    private const string Next = "If it stays so, somebody may be swapping results: tell your Coordinator's admin and the partner.";

    /// <summary>A run that is known by its id to be the task's.</summary>
    /// <exception cref="VantageException">The Coordinator does not show it.</exception>
    public static ShownRun Of(TaskView task, RunId run, Digest? asked = null) =>
        task.Runs.Where(shown => shown.Id == run).ToList() is [var one]
            ? new ShownRun(task, one, asked)
            : throw Untrusted($"The Coordinator does not show {run}, which {task.Id} was signed with.");

    /// <summary>Null where it did not come with the task and has to be fetched. Just as little believed as what is fetched.</summary>
    public RunEvidence? Evidence => Task.Answers is { } answers && Answer is { Receipt: { } receipt }
        ? new RunEvidence(Run.Id, answers.Manifest, receipt) : null;

    private RunAnswer? Answer => Task.Answers?.Runs.FirstOrDefault(answer => answer.Run == Run.Id);

    /// <summary>What came with the task, if it is what the node signed for; else null, and it has to be fetched.</summary>
    public byte[]? Brought(PayloadKind kind, ReceiptPayload signed) =>
        Answer is { Sealed: { } bytes } answer && answer.Kind == kind && bytes.Length == signed.Size && Digest.Of(bytes) == signed.Digest
            ? bytes : null;

    /// <exception cref="VantageException">What was signed is another question, or has other runs.</exception>
    public void Require(TaskManifest signed, Digest ofSigned)
    {
        if (signed.Task != Task.Id || (Asked ?? ofSigned) != ofSigned)
        {
            throw Untrusted($"What the Coordinator shows as the question of {Run.Id} is another one than {Task.Id}.");
        }

        if (signed.Job != Task.Job || signed.Algorithm != Task.Algorithm || signed.Function != Task.Function)
        {
            throw Untrusted($"The job or function that the Coordinator shows of {Task.Id} is not what was signed.");
        }

        // As many as were signed, and each of those there: none left out, none added, none under another's name.
        if (Task.Runs.Count != signed.Targets.Count
            || !signed.Targets.All(target => Task.Runs.Any(run => run.Id == target.Run && run.Organization == target.Organization)))
        {
            throw Untrusted($"The runs that the Coordinator shows of {Task.Id} are not those that were signed.");
        }
    }

    /// <summary>For when the node's receipt says that the run ended otherwise than the Coordinator shows.</summary>
    public VantageException Contradicts(RunProof proof) => Untrusted(
        $"The Coordinator shows {Run.Id} as {Run.Outcome}; its node signed that it {proof.Receipt.Receipt.Outcome}.");

    private static VantageException Untrusted(string what) => new(ClientErrorCodes.ReceiptUntrusted, what, Next);
}
