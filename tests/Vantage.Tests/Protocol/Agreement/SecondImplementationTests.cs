using System.Text.Json.Nodes;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Statements;
using Vantage.Tests.Protocol.Envelopes;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>Python, written from docs/protocol.md alone, and this code understand each other.</summary>
public sealed class SecondImplementationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Sizes => [0, 1, 16_384, 1_048_520, 2_500_000];

    [Fact]
    public async Task It_agrees_on_every_vector()
    {
        var (exitCode, output, error) = await SecondImplementation.RunAsync("check_vectors.py", "", Token);

        Assert.True(exitCode == 0, output + error);
        Assert.Contains("receipts.json: 4 valid", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task It_opens_what_we_seal(int size)
    {
        using var key = EncryptionKey.Create();
        using var other = EncryptionKey.Create();
        var (context, plaintext) = (Some.ResultContext(), Some.Bytes(size));
        using var envelope = new MemoryStream();
        await Envelope.SealAsync(new MemoryStream(plaintext), envelope, context, [other.PublicKey, key.PublicKey], Token);

        var answer = await SecondImplementation.AskAsync(
            new JsonObject
            {
                ["do"] = "open",
                ["sealed"] = Convert.ToBase64String(envelope.ToArray()),
                ["context"] = Describe(context),
                ["key"] = key.ToPem(),
            },
            Token);

        Assert.Equal(plaintext, answer.GetProperty("plaintext").GetBytesFromBase64());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task We_open_what_it_seals(int size)
    {
        using var key = EncryptionKey.Create();
        using var other = EncryptionKey.Create();
        var (context, plaintext) = (Some.ResultContext(), Some.Bytes(size));

        var answer = await SecondImplementation.AskAsync(
            new JsonObject
            {
                ["do"] = "seal",
                ["plaintext"] = Convert.ToBase64String(plaintext),
                ["context"] = Describe(context),
                ["recipients"] = new JsonArray([.. new[] { other, key }.Select(k => Spki(k))]),
            },
            Token);
        var envelope = answer.GetProperty("envelope").GetBytesFromBase64();

        Assert.Equal(Envelope.SealedSize(size, 2), envelope.Length);
        Assert.Equal(plaintext, Envelope.Open(envelope, context, key));
        Assert.Equal(plaintext, Envelope.Open(envelope, context, other));
    }

    [Fact]
    public async Task It_believes_what_we_sign()
    {
        var partner = new Partner("Ospedale San Matteo");
        var statement = new CatalogueStatement
        {
            V = 1,
            Issuer = partner.Id,
            Serial = 1,
            IssuedAt = Partner.Now.AddMilliseconds(250),
            Algorithms = [new("summary", "1.0.0", AlgorithmRef.Parse("bundle:" + Digest.OfText("x")), "Größe 😀", ["partial"])],
        };
        var jws = Catalogue.Sign(statement, partner.UserKey, partner.UserChain);

        var answer = await SecondImplementation.AskAsync(
            new JsonObject
            {
                ["do"] = "verify",
                ["document"] = jws,
                ["root"] = Convert.ToBase64String(partner.Root.Der.Span),
                ["at"] = "2026-06-01T12:00:00Z",
            },
            Token);

        Assert.Equal(partner.UserSigning.Identity.ToString(), answer.Text("signer"));
        Assert.Equal(Digest.OfText(jws).ToString(), answer.Text("digest"));
        Assert.Equal("Größe 😀", answer.Text("title"));
    }

    [Fact]
    public async Task We_believe_what_it_signs()
    {
        var answer = await SecondImplementation.AskAsync(new JsonObject { ["do"] = "sign" }, Token);
        var root = PinnedRoot.Of(Certificate.Parse(answer.GetProperty("root").GetBytesFromBase64()));

        var verified = Catalogue.Verify(answer.Text("jws"), new PinnedRoots([root]), answer.At());

        Assert.Equal(answer.Text("signer"), verified.Signer.Identity.ToString());
        Assert.Equal("Größe", verified.Value.Algorithms[0].Title);
    }

    private static JsonNode Spki(EncryptionKey key) => Convert.ToBase64String(key.PublicKey.ToSubjectPublicKeyInfo());

    private static JsonObject Describe(EnvelopeContext context) => new()
    {
        ["collaboration"] = context.Collaboration.ToString(),
        ["task"] = context.Task.ToString(),
        ["run"] = context.Run.ToString(),
        ["kind"] = "result",
        ["epoch"] = context.Epoch,
        ["node"] = context.NodeKey.ToString(),
    };
}
