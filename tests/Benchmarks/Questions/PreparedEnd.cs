using Vantage.Benchmarks.Partners;
using Vantage.Benchmarks.Wire;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Receipts;

namespace Vantage.Benchmarks.Questions;

/// <summary>The end of a run as its node would send it: 1 KiB sealed to who asked, and a signed receipt.</summary>
internal static class PreparedEnd
{
    private static readonly byte[] Inner = PayloadFraming.ToBytes(new InnerReceipt
    {
        V = 1,
        Salt = InnerReceipt.NewSalt(),
        Datasets = [new ReceiptDataset("patients", "patients", "1")],
        Policy = new ReceiptPolicy("1", "bench"),
        Suppressions = 0,
        Plaintext = Digest.OfText("bench"),
        Agent = "bench",
        StartedAt = TimeProvider.System.GetUtcNow(),
        FinishedAt = TimeProvider.System.GetUtcNow(),
    });

    private static readonly Digest OfInner = Digest.Of(Inner);

    private static readonly byte[] Plaintext = PayloadFraming.Frame(Inner, new byte[1024 - Inner.Length - 4]);

    /// <summary>The hub message that commits the first epoch of a run.</summary>
    public static byte[] Message(PreparedTask task, RunId run, Site site)
    {
        var bytes = Envelope.Seal(Plaintext,
            new EnvelopeContext(task.Collaboration, task.Id, run, PayloadKind.Result, 1, site.Signing.KeyId), [task.Asker.Encryption.PublicKey]);
        var payload = new ReceiptPayload(PayloadKind.Result, Digest.Of(bytes), bytes.Length);
        var receipt = ReceiptVerifier.Sign(new OuterReceipt
        {
            V = 1,
            Task = task.Id,
            Run = run,
            Epoch = 1,
            Node = site.Node,
            Outcome = RunOutcome.Succeeded,
            Manifest = task.Manifest,
            Algorithm = PreparedTask.Algorithm,
            Payloads = [payload],
            Inner = OfInner,
        }, site.Signing, site.Chain);
        return HubSocket.Message(nameof(INodeHub.Commit),
            new CommitRequest(run, 1, receipt, [new CommitPayload(payload.Kind, payload.Digest, payload.Size, bytes, null)]));
    }
}
