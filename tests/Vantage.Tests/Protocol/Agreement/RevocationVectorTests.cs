using System.Text.Json;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §18. The lists were made by the second implementation.</summary>
public sealed class RevocationVectorTests
{
    private const string File = "revocations.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Cases = Vectors.Cases(File);

    public static TheoryData<string> Names => Vectors.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_or_is_refused_for_the_stated_reason(string name)
    {
        var vector = Cases[name];
        KeyRevocations? list = null;

        var reason = Vectors.ReasonOf(() => list = Verify(vector));

        Assert.Equal(vector.Reason(), reason);
        if (list is null)
            return;
        Assert.Equal(vector.GetProperty("expect").Text("signer"), list.Signer.Identity.ToString());
        if (vector.TryGetProperty("certificate", out var der))
        {
            Assert.Equal(vector.GetProperty("against").GetBoolean(),
                list.ReasonAgainst(Certificate.Parse(der.GetBytesFromBase64()), vector.GetProperty("instant").GetDateTimeOffset()) is not null);
        }
    }

    private static KeyRevocations Verify(JsonElement vector)
    {
        var before = vector.TryGetProperty("before", out var earlier)
            ? KeyRevocations.Verify(earlier.GetString()!, vector.Pinned(), vector.At())
            : null;
        return KeyRevocations.Verify(vector.Text("statement"), vector.Pinned(), vector.At(), before);
    }
}
