using System.Text.Json;
using Vantage.Protocol.Dictionaries;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §23. The dictionaries were published by the second implementation.</summary>
public sealed class DictionaryVectorTests
{
    private const string File = "dictionaries.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Cases = Vectors.Cases(File);

    public static TheoryData<string> Names => Vectors.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_believed_or_refused_for_the_stated_reason(string name)
    {
        var vector = Cases[name];
        SignedDictionary? signed = null;

        var reason = Vectors.ReasonOf(() => signed = SignedDictionary.Verify(vector.Text("statement"), vector.Pinned(), vector.At()));

        Assert.Equal(vector.Reason(), reason);
        if (signed is not null)
        {
            var (expected, found) = (vector.GetProperty("expect"), signed.Dictionary.Ref);
            Assert.Equal((expected.Text("signer"), expected.Text("name"), expected.Text("version"), expected.Text("digest")),
                (signed.Signer.Identity.ToString(), found.Name, found.Version, found.Digest.ToString()));
        }
    }
}
