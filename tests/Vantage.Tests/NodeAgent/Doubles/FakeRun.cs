using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Signatures;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>One run as the fake Coordinator holds it, and what its asker makes of the end.</summary>
internal sealed class FakeRun(Question question, string? parent)
{
    private static long counter;

    public Question Question => question;

    public long Order { get; } = Interlocked.Increment(ref counter);

    public RunState State { get; set; }

    public List<RunReport> Reports { get; } = [];

    /// <summary>Every commit that came, also again.</summary>
    public List<CommitRequest> Attempts { get; } = [];

    /// <summary>Those that ended the run. More than one is the bug this product must not have.</summary>
    public List<CommitRequest> Committed { get; } = [];

    /// <summary>Whether the claim carries the input, or the node has to fetch it.</summary>
    public bool InputInline { get; set; } = true;

    public ClaimedRun ToClaim() => new(question.Run, question.Task, State.Epoch, question.Jws, parent, InputInline ? question.Input : null);

    public OuterReceipt Read(CommitRequest request) =>
        JsonSerializer.Deserialize(Jws.Parse(request.Receipt).Payload.Span, SignedJson.Default.OuterReceipt)!;

    /// <summary>Verifies the receipt and opens the payload as the asker would.</summary>
    public Opened Open(Alliance alliance, FakeState state, PayloadKind kind)
    {
        var commit = Committed.Single();
        var verified = ReceiptVerifier.Verify(
            commit.Receipt, ReceiptExpectation.From(question.Manifest, Digest.OfText(question.Jws), question.Run),
            alliance.Hospital.Trust, alliance.Now);
        var payload = commit.Payloads.Single(p => p.Kind == kind);
        var envelope = payload.Inline ?? state.Uploads[payload.Upload!.Value].ToBytes();
        verified.RequirePayload(kind, Digest.Of(envelope), envelope.Length);
        var plaintext = Envelope.Open(envelope, verified.ContextOf(kind), alliance.University.UserEncryptionKey);
        if (kind == PayloadKind.Log)
        {
            return new Opened(verified.Receipt, null, plaintext);
        }

        var (inner, body) = PayloadFraming.Read(plaintext);
        var receipt = verified.ReadInner(inner.Span);
        verified.RequireBody(receipt, Digest.Of(body.Span));
        return new Opened(verified.Receipt, receipt, body.ToArray());
    }
}

internal sealed record Opened(OuterReceipt Outer, InnerReceipt? Inner, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>Ciphertext on its way up, part by part.</summary>
internal sealed class FakeUpload(Digest digest, long size, int partBytes)
{
    public SortedDictionary<int, byte[]> Parts { get; } = [];

    public Digest Digest => digest;

    public long Size => size;

    public int PartBytes => partBytes;

    public bool IsWhole => Parts.Values.Sum(p => (long)p.Length) == size && Digest.Of(ToBytes()) == digest;

    public byte[] ToBytes() => [.. Parts.Values.SelectMany(p => p)];
}
