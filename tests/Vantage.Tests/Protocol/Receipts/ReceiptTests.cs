using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.Tests.Protocol.Receipts;

public sealed class ReceiptTests
{
    private readonly Partner partner = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_node_commits_verifies_from_receipt_to_body()
    {
        var expected = Expected();
        var body = "[1, 2, 3]"u8.ToArray();
        var inner = PayloadFraming.ToBytes(Inner(body));
        var context = new EnvelopeContext(
            expected.Collaboration, expected.Task, expected.Run, PayloadKind.Result, 3, partner.NodeKey.KeyId);
        using var sealedResult = new MemoryStream();
        var payload = await Envelope.SealAsync(
            PayloadFraming.Frame(inner, new MemoryStream(body)), sealedResult, context, [partner.UserEncryptionKey.PublicKey], Token);
        var jws = ReceiptVerifier.Sign(Outer(expected, payload, Digest.Of(inner)), partner.NodeKey, partner.NodeChain);

        var receipt = ReceiptVerifier.Verify(jws, expected, partner.Trust, Partner.Now);
        receipt.RequirePayload(PayloadKind.Result, Digest.Of(sealedResult.ToArray()), sealedResult.Length);
        var plaintext = Envelope.Open(sealedResult.ToArray(), receipt.ContextOf(PayloadKind.Result), partner.UserEncryptionKey);
        var (innerBytes, openedBody) = PayloadFraming.Read(plaintext);
        var openedInner = receipt.ReadInner(innerBytes.Span);
        receipt.RequireBody(openedInner, Digest.Of(openedBody.Span));

        Assert.Equal(body, openedBody.ToArray());
        Assert.Equal("cohort", Assert.Single(openedInner.Datasets).Label);
    }

    private ReceiptExpectation Expected() => new(
        Digest.OfText("manifest"),
        CollaborationId.New(TimeProvider.System),
        TaskId.New(TimeProvider.System),
        RunId.New(TimeProvider.System),
        partner.Id,
        [partner.Node],
        AlgorithmRef.Builtin("summary", "1.0.0", Digest.OfText("code").ToString()));

    private OuterReceipt Outer(ReceiptExpectation run, SealedPayload result, Digest inner) => new()
    {
        V = 1,
        Task = run.Task,
        Run = run.Run,
        Epoch = 3,
        Node = partner.Node,
        Outcome = RunOutcome.Succeeded,
        Manifest = run.Manifest,
        Algorithm = run.Algorithm,
        Payloads = [new(PayloadKind.Result, result.Digest, result.Size)],
        Inner = inner,
    };

    private static InnerReceipt Inner(byte[] body) => new()
    {
        V = 1,
        Salt = "AAAAAAAAAAAAAAAAAAAAAA",
        Datasets = [new("cohort", "wdbc", "1", 190)],
        Policy = new("1", "allow-summary"),
        Suppressions = 0,
        Plaintext = Digest.Of(body),
        Sandbox = new("process", new Dictionary<string, string> { ["network"] = "none" }),
        Agent = "Vantage.NodeAgent/0.1.0",
        StartedAt = Partner.Now,
        FinishedAt = Partner.Now.AddSeconds(2),
    };
}
