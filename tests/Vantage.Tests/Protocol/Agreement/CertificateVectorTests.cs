using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §3.</summary>
public sealed class CertificateVectorTests
{
    private const string File = "certificates.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Cases = Vectors.Cases(File);

    public static TheoryData<string> Names => Vectors.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Verifies_or_is_refused_for_the_stated_reason(string name)
    {
        var vector = Cases[name];
        CertifiedIdentity? found = null;

        var reason = Vectors.ReasonOf(() => found = Verify(vector));

        Assert.Equal(vector.Reason(), reason);
        if (reason is null)
        {
            var expected = vector.GetProperty("expect");
            Assert.Equal(expected.Text("identity"), found!.Identity.ToString());
            Assert.Equal(KeyId.Parse(expected.Text("key")), found.KeyId);
            Assert.Equal(expected.Text("name"), found.Name);
        }
    }

    internal static CertifiedIdentity Verify(JsonElement vector) => Certificates
        .Verify(vector.GetProperty("certificate").GetBytesFromBase64(), vector.Pinned(), vector.At())
        .For(Enum.Parse<CertificatePurpose>(vector.Text("purpose"), ignoreCase: true));
}
