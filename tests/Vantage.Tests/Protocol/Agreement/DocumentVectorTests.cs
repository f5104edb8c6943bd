using System.Text.Json;
using Vantage.Protocol.Cryptography;

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

        var reason = Vectors.ReasonOf(() => signer = DocumentVectors.SignerOf(vector));

        Assert.Equal(vector.Reason(), reason);
        if (reason is null)
        {
            var expected = vector.GetProperty("expect");
            Assert.Equal(expected.Text("signer"), signer);
            Assert.Equal(expected.Text("digest"), Digest.OfText(vector.Text("jws")).ToString());
        }
    }
}
