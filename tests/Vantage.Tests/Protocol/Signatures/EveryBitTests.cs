using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Signatures;
using Vantage.Tests.Protocol.Agreement;

namespace Vantage.Tests.Protocol.Signatures;

/// <summary>Exhaustive: every bit of every character of a document.</summary>
public sealed class EveryBitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Any_single_bit_of_a_manifest_changed_and_it_is_refused()
    {
        var vector = Vectors.Cases("documents.json")["manifest with every member"];

        AssertEveryBitMatters(
            vector, vector.Text("jws"),
            (jws, trust, at) => SignedDocument.Verify(jws, TaskManifest.JwsType, SignedJson.Default.TaskManifest, trust, at));
    }

    [Fact]
    public void Any_single_bit_of_a_receipt_changed_and_it_is_refused()
    {
        var vector = Vectors.Cases("receipts.json")["a result"];
        var manifest = SignedDocument.Verify(
            vector.Text("manifest"), TaskManifest.JwsType, SignedJson.Default.TaskManifest, vector.Pinned(), vector.At());
        var expected = ReceiptExpectation.From(manifest.Value, manifest.OfJws, Id.Parse<RunId>(vector.Text("run")));

        AssertEveryBitMatters(vector, vector.Text("receipt"), (jws, trust, at) => ReceiptVerifier.Verify(jws, expected, trust, at));
    }

    private static void AssertEveryBitMatters(JsonElement vector, string jws, Action<string, ITrust, DateTimeOffset> verify)
    {
        var (trust, at, bytes) = (vector.Pinned(), vector.At(), Encoding.Latin1.GetBytes(jws));
        var believed = new ConcurrentBag<int>();

        Parallel.For(0, bytes.Length * 8, new ParallelOptions { CancellationToken = Token }, bit =>
        {
            var altered = bytes.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            if (Vectors.ReasonOf(() => verify(Encoding.Latin1.GetString(altered), trust, at)) is null)
                believed.Add(bit);
        });

        Assert.Null(Vectors.ReasonOf(() => verify(jws, trust, at)));
        Assert.Empty(believed);
    }
}
