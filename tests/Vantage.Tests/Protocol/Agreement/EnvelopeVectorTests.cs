using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §§6 and 8.</summary>
public sealed class EnvelopeVectorTests
{
    private const string EnvelopeFile = "envelopes.json";
    private const string GrantFile = "grants.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Envelopes = Vectors.Cases(EnvelopeFile);
    private static readonly IReadOnlyDictionary<string, JsonElement> Grants = Vectors.Cases(GrantFile);

    public static TheoryData<string> EnvelopeNames => Vectors.Names(EnvelopeFile);

    public static TheoryData<string> GrantNames => Vectors.Names(GrantFile);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EnvelopeNames))]
    public async Task Opens_in_memory_and_as_a_stream_or_is_refused_for_the_stated_reason(string name)
    {
        var vector = Envelopes[name];
        using var key = vector.Key();
        var context = EnvelopeVectors.Context(vector.GetProperty("context"));
        var envelope = EnvelopeVectors.Edited(vector);

        await AssertBothWays(
            vector,
            () => Envelope.Open(envelope, context, key),
            () => EnvelopeReader.OpenStreamAsync(new MemoryStream(envelope), context, key, Token));
    }

    [Theory]
    [MemberData(nameof(GrantNames))]
    public async Task Opens_by_a_grant_or_is_refused_for_the_stated_reason(string name)
    {
        var vector = Grants[name];
        using var key = vector.Key();
        var grant = Grant.Verify(vector.Text("grant"), vector.Pinned(), vector.At()).Value;
        var envelope = EnvelopeVectors.Edited(vector);

        await AssertBothWays(
            vector,
            () => Grant.Open(envelope, grant, key),
            () => Grant.OpenStreamAsync(new MemoryStream(envelope), grant, key, Token));
    }

    /// <summary>The large envelopes are described by their secrets: sealing gives the stated bytes.</summary>
    [Fact]
    public void Sealing_with_given_secrets_gives_the_stated_digest()
    {
        var described = Envelopes.Values.Select(v => v.GetProperty("envelope")).Where(e => e.TryGetProperty("digest", out _)).ToList();

        foreach (var envelope in described)
        {
            var built = EnvelopeVectors.Build(envelope);
            Assert.Equal(envelope.Text("digest"), Digest.Of(built).ToString());
            Assert.Equal(envelope.GetProperty("size").GetInt32(), built.Length);
        }

        Assert.NotEmpty(described);
    }

    private static async Task AssertBothWays(JsonElement vector, Func<byte[]> open, Func<Task<Stream>> openStream)
    {
        byte[]? opened = null;
        using var streamed = new MemoryStream();

        var reason = Vectors.ReasonOf(() => opened = open());
        var streamReason = await ReasonOfAsync(openStream, streamed);

        Assert.Equal(vector.Reason(), reason);
        Assert.Equal(vector.Reason(), streamReason);
        if (reason is null)
        {
            var expected = EnvelopeVectors.Plaintext(vector.GetProperty("expect").GetProperty("plaintext"));
            Assert.Equal(expected, opened);
            Assert.Equal(expected, streamed.ToArray());
        }
    }

    private static async Task<string?> ReasonOfAsync(Func<Task<Stream>> open, Stream target)
    {
        try
        {
            await using var plaintext = await open();
            await plaintext.CopyToAsync(target, Token);
            return null;
        }
        catch (EnvelopeException e)
        {
            return e.Code;
        }
    }
}
