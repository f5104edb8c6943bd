using System.Text.Json;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §20. The charters were made by the second implementation.</summary>
public sealed class CharterVectorTests
{
    private const string File = "charters.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Cases = Vectors.Cases(File);

    public static TheoryData<string> Names => Vectors.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_followed_or_refused_for_the_stated_reason(string name)
    {
        var vector = Cases[name];
        CharterLine? line = null;

        var reason = Vectors.ReasonOf(() => line = Take(vector));

        Assert.Equal(vector.Reason(), reason);
        if (line is not null)
            Assert.Equal(vector.GetProperty("expect").Text("digest"), line.Head.Text.Digest.ToString());
    }

    private static CharterLine? Take(JsonElement vector) => CharterLine.Take(null,
        [.. vector.GetProperty("versions").EnumerateArray().Select(version => new SignedCharter(
            version.Text("text"), [.. version.GetProperty("consents").EnumerateArray().Select(consent => consent.GetString()!)]))],
        Id.Parse<CollaborationId>(vector.Text("collaboration")), Certificate.Parse(vector.GetProperty("ownRoot").GetBytesFromBase64()), vector.At());
}
