using System.Text;
using System.Text.Json;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Json;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §20. The trails were made by the second implementation.</summary>
public sealed class TrailVectorTests
{
    private const string File = "trails.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Cases = Vectors.Cases(File);

    public static TheoryData<string> Names => Vectors.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Verifies_or_is_refused_for_the_stated_reason(string name)
    {
        var vector = Cases[name];
        var kept = vector.TryGetProperty("heads", out var heads)
            ? heads.EnumerateArray().Select(head => TrailJson.ReadHead(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(head)))).ToList()
            : [];
        var verifier = new TrailVerifier(new TrailExpectation(vector.TryGetProperty("key", out var key) ? KeyId.Parse(key.GetString()!) : null, kept));
        foreach (var line in vector.GetProperty("lines").EnumerateArray())
            verifier.Read(Encoding.UTF8.GetBytes(line.GetString()!));

        switch (verifier.Complete())
        {
            case TrailVerdict.Broken broken:
                Assert.Equal(vector.Reason(), broken.Fault.ToExactName());
                break;
            case TrailVerdict.Whole whole:
                Assert.Null(vector.Reason());
                var expected = vector.GetProperty("expect");
                Assert.Equal(
                    (expected.GetProperty("size").GetInt64(), expected.Text("root"), expected.GetProperty("shown").GetInt64(), expected.GetProperty("hidden").GetInt64()),
                    (whole.Head.Size, whole.Head.Root.ToString(), whole.Shown, whole.Hidden));
                break;
        }
    }
}
