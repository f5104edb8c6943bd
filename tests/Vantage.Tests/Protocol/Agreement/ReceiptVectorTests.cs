using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Signatures;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §7.</summary>
public sealed class ReceiptVectorTests
{
    private const string File = "receipts.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Cases = Vectors.Cases(File);

    public static TheoryData<string> Names => Vectors.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Vouches_for_the_body_or_is_refused_for_the_stated_reason(string name)
    {
        var vector = Cases[name];
        byte[]? body = null;

        var reason = Vectors.ReasonOf(() => body = ReadBody(vector));

        Assert.Equal(vector.Reason(), reason);
        if (reason is null)
            Assert.Equal(vector.GetProperty("expect").Hex("body"), body);
    }

    private static byte[] ReadBody(JsonElement vector)
    {
        var trust = vector.Pinned();
        using var key = vector.Key();
        var kind = Enum.Parse<PayloadKind>(vector.Text("kind"), ignoreCase: true);
        var manifest = SignedDocument.Verify(
            vector.Text("manifest"), TaskManifest.JwsType, SignedJson.Default.TaskManifest, trust, vector.At());
        var expected = ReceiptExpectation.From(manifest.Value, manifest.OfJws, Id.Parse<RunId>(vector.Text("run")));
        var envelope = EnvelopeVectors.Edited(vector);

        var receipt = ReceiptVerifier.Verify(vector.Text("receipt"), expected, trust, vector.At());
        receipt.RequirePayload(kind, Digest.Of(envelope), envelope.Length);
        var (innerBytes, body) = PayloadFraming.Read(Envelope.Open(envelope, receipt.ContextOf(kind), key));
        receipt.RequireBody(receipt.ReadInner(innerBytes.Span), Digest.Of(body.Span));
        return body.ToArray();
    }
}
