using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §§4, 5 and 8 to 11.</summary>
public sealed class DocumentVectorTests
{
    private const string File = "documents.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Cases = Vectors.Cases(File);

    public static TheoryData<string> Names => Vectors.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Verifies_or_is_refused_for_the_stated_reason(string name)
    {
        var vector = Cases[name];
        string? signer = null;

        var reason = Vectors.ReasonOf(() => signer = SignerOf(vector));

        Assert.Equal(vector.Reason(), reason);
        if (reason is null)
        {
            var expected = vector.GetProperty("expect");
            Assert.Equal(expected.Text("signer"), signer);
            Assert.Equal(expected.Text("digest"), Digest.OfText(vector.Text("jws")).ToString());
        }
    }

    private static string SignerOf(JsonElement vector)
    {
        var (jws, trust, at) = (vector.Text("jws"), vector.Pinned(), vector.At());
        var serial = vector.TryGetProperty("lastSeenSerial", out var seen) ? seen.GetInt64() : 0;
        return vector.Text("document") switch
        {
            "manifest" => Signer(SignedDocument.Verify(jws, TaskManifest.JwsType, SignedJson.Default.TaskManifest, trust, at)),
            "pins" => PinsIssuer(jws, Certificate.Parse(vector.GetProperty("ownRoot").GetBytesFromBase64()), at, serial),
            "catalogue" => Signer(Catalogue.Verify(jws, trust, at, serial)),
            "grant" => Signer(Grant.Verify(jws, trust, at)),
            "sign-in" => Signer(SignInStatement.Verify(jws, vector.Text("challenge"), vector.Text("audience"), trust, at)),
            var other => throw new InvalidOperationException(other),
        };
    }

    private static string Signer<T>(Verified<T> verified) => verified.Signer.Identity.ToString();

    private static string PinsIssuer(string jws, Certificate ownRoot, DateTimeOffset at, long serial) =>
        Identity.OfRoot(Pins.Verify(jws, ownRoot, at, serial).Statement.Issuer).ToString();
}
