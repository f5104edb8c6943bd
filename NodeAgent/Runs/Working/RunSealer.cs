using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Runs.Working;

/// <summary>
/// Seals a run's output, error detail and log for its recipients, in constant memory, and signs the receipt. All of it is
/// on the disk when this returns; the journal is written afterwards, by the caller.
/// </summary>
internal sealed class RunSealer(RunFolders folders, ISealing sealing, TimeProvider time)
{
    private static readonly string Agent = $"Vantage.NodeAgent/{typeof(RunSealer).Assembly.GetName().Version?.ToString(3)}";

    public async Task<JournalRecord.Sealed> SealAsync(SealJob job, CancellationToken cancellationToken)
    {
        var end = Outcome(job.End);
        var payloads = new List<SealedFile>();
        Digest? inner = null;
        if (job.Recipients.Count > 0)
        {
            inner = await SealMainAsync(job, end, payloads, cancellationToken);
            if (job.End.LogPath is { } log && folders.HasOutput(log))
            {
                await using var lines = folders.OpenOutput(log);
                payloads.Add(await SealAsync(job, PayloadKind.Log, lines, cancellationToken));
            }
        }

        var receipt = new OuterReceipt
        {
            V = 1,
            Task = job.Task,
            Run = job.Key.Run,
            Epoch = job.Key.Epoch,
            Node = sealing.Node,
            Outcome = end.Outcome,
            Code = end.Code,
            Manifest = job.ManifestDigest,
            Algorithm = job.Manifest.Algorithm,
            Payloads = [.. payloads.Select(payload => new ReceiptPayload(payload.Kind, payload.Digest, payload.Size))],
            Inner = inner,
        };
        var signed = sealing.Sign(receipt);
        await folders.WriteReceiptAsync(job.Key, signed, cancellationToken);
        Failpoint.Pass("seal.receipt");
        return new JournalRecord.Sealed(job.Key.Run, job.Key.Epoch, end.Outcome, end.Code, payloads, Digest.OfText(signed));
    }

    private async Task<Digest> SealMainAsync(
        SealJob job, (RunOutcome Outcome, string? Code) end, List<SealedFile> payloads, CancellationToken cancellationToken)
    {
        var isResult = job.End is RunEnd.Succeeded;
        var error = isResult ? [] : JsonSerializer.SerializeToUtf8Bytes(Failure(job, end.Code!), AlgorithmsJson.Default.RunFailure);
        var inner = PayloadFraming.ToBytes(Inner(job, job.End is RunEnd.Succeeded done ? done.Digest : Digest.Of(error)));
        await using var body = job.End is RunEnd.Succeeded result ? folders.OpenOutput(result.OutputPath) : new MemoryStream(error);
        await using var framed = PayloadFraming.Frame(inner, body);
        payloads.Add(await SealAsync(job, isResult ? PayloadKind.Result : PayloadKind.Error, framed, cancellationToken));
        return Digest.Of(inner);
    }

    private async Task<SealedFile> SealAsync(SealJob job, PayloadKind kind, Stream plaintext, CancellationToken cancellationToken)
    {
        await using var file = folders.CreatePayload(job.Key, kind);
        var payload = await sealing.SealAsync(plaintext, file, job, kind, cancellationToken);
        folders.FlushPayload(file);
        Failpoint.Pass("seal.payload");
        return new SealedFile(kind, payload.Digest, payload.Size, UploadId.New(time));
    }

    private InnerReceipt Inner(SealJob job, Digest plaintext)
    {
        var facts = job.End.Facts;
        var now = time.GetUtcNow();
        return new InnerReceipt
        {
            V = 1,
            Salt = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            Datasets =
            [
                .. facts.Datasets.Select(d =>
                    new ReceiptDataset(d.Label, d.Id, d.Version ?? d.Digest?.ToString() ?? "unversioned", d.Rows, d.Mapping)),
            ],
            Policy = job.Policy,
            Suppressions = facts.HeldBack,
            Plaintext = plaintext,
            Approvals = job.Approvals.Where(approval => !approval.IsOpen).Select(ReceiptOf).ToList() is { Count: > 0 } approvals ? approvals : null,
            Image = facts.Image,
            Sandbox = facts.Sandbox is { } runtime ? new ReceiptSandbox(runtime, facts.Enforced) : null,
            Agent = Agent,
            StartedAt = facts.StartedAt ?? now,
            FinishedAt = facts.FinishedAt ?? now,
        };
    }

    private static ReceiptApproval ReceiptOf(Approval approval) => new(
        approval.Gate.ToExactName(), approval.Answer!.Word.ToExactName(), approval.Subject, approval.Answer.At, approval.Answer.By);

    private static (RunOutcome Outcome, string? Code) Outcome(RunEnd end) => end switch
    {
        RunEnd.Succeeded => (RunOutcome.Succeeded, null),
        RunEnd.Refused refused => (RunOutcome.Refused, refused.Code),
        RunEnd.Failed failed => (RunOutcome.Failed, failed.Code),
        RunEnd.Cancelled => (RunOutcome.Failed, RunCodes.NodeStopped),
        _ => throw new InvalidOperationException($"No outcome for {end.GetType().Name}."),
    };

    internal static RunFailure Failure(SealJob job, string code) => job.End switch
    {
        RunEnd.Refused refused => new RunFailure(code, refused.Message, job.Manifest.Function, null, $"rule: {refused.Rule}"),
        RunEnd.Failed failed => new RunFailure(code, failed.Message, job.Manifest.Function, null, failed.Detail),
        _ => new RunFailure(code, "The node stopped the run before it ended. Ask again, or ask the node's admin why.", job.Manifest.Function),
    };
}
