using System.Text.Json;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>Verifies the document of a vector, whichever kind it is, and says who signed it.</summary>
internal static class DocumentVectors
{
    public static string SignerOf(JsonElement vector)
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
