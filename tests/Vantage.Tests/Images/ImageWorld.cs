using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Images.Reviews;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Protocol.Images.Signing;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Statements;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Images;

/// <summary>A node that looks at images: a registry, a publisher that its policy names, a revocation list if one is installed.</summary>
internal sealed class ImageWorld : IAsyncDisposable
{
    public const string Path = "vantage/glm";

    private readonly Store store;
    private readonly Partner organization = new();
    private readonly NodeHome home = NodeHome.At(Directory.CreateTempSubdirectory("vtg-images-").FullName);

    private ImageWorld(FakeRegistry registry)
    {
        Registry = registry;
        store = new() { Client = Client(TimeSpan.FromMinutes(2)) };
        Directory.CreateDirectory(home.State);
        File.WriteAllText(home.OwnRoot, organization.Root.ToPem());
        Clock = new VirtualClock(Partner.Now);
        Book = NewBook();
    }

    public FakeRegistry Registry { get; }

    public VirtualClock Clock { get; }

    public SigningKey Key { get; } = SigningKey.Create();

    public ImageBook Book { get; private set; }

    /// <summary>What the Coordinator would answer, and whose roots are pinned.</summary>
    public ReviewShelf Reviews { get; } = new();

    public string Repository => $"{Registry.Host}/{Path}";

    public string RevocationsPath => home.Revocations;

    public static async Task<ImageWorld> StartAsync() => new(await FakeRegistry.StartAsync());

    /// <summary>For a registry that does not answer: the node does not wait long for it.</summary>
    public void Hurry()
    {
        store.Client.Dispose();
        store.Client = Client(TimeSpan.FromSeconds(1));
    }

    /// <summary>As after a restart: nothing is remembered but what lies on disk.</summary>
    public void Restart() => Book = NewBook();

    public Publisher Publisher(SigningKey? key = null, string? minimum = null, string? repositories = null, string name = "authors") => new(
        PublisherKey.FromPem(name, (key ?? Key).PublicKey.ToPem()), "", "",
        [RepositoryPattern.Parse(repositories ?? Repository)!], minimum is null ? null : AlgorithmVersion.Parse(minimum));

    public void Put(SampleImage image)
    {
        Registry.Put("manifests", image.Digest.ToString(), image.Manifest, OciMedia.Manifest);
        Registry.PutBlob(image.Config);
    }

    /// <summary>The older form, by framework calls alone.</summary>
    public void SignByTag(Digest image, SigningKey? key = null, byte[]? payload = null, Digest? about = null)
    {
        payload ??= Encoding.UTF8.GetBytes(
            $$$"""{"critical":{"identity":{"docker-reference":""},"image":{"docker-manifest-digest":"{{{about ?? image}}}"},"type":"cosign container image signature"},"optional":null}""");
        Attach(image, [(payload, Der(key ?? Key, payload))]);
    }

    public void Attach(Digest image, IEnumerable<(byte[] Payload, byte[] Der)> signatures)
    {
        var layers = signatures.Select(s =>
        {
            Registry.PutBlob(s.Payload);
            return $$$"""{"mediaType":"{{{OciMedia.SimpleSigning}}}","size":{{{s.Payload.Length}}},"digest":"sha256:{{{SampleImage.Hex(s.Payload)}}}","annotations":{"dev.cosignproject.cosign/signature":"{{{Convert.ToBase64String(s.Der)}}}"}}""";
        });
        Registry.Put("manifests", $"sha256-{image.ToHex()}.sig", Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{OciMedia.Manifest}}}","config":{"mediaType":"{{{OciMedia.Config}}}","size":2,"digest":"sha256:{{{SampleImage.Hex("{}"u8.ToArray())}}}"},"layers":[{{{string.Join(',', layers)}}}]}"""), OciMedia.Manifest);
    }

    /// <summary>What <see cref="ByOpenssl"/> made, into this registry; list and all.</summary>
    public void Put(IEnumerable<(string Reference, byte[] Manifest, byte[][] Blobs)> artefacts)
    {
        foreach (var (reference, manifest, blobs) in artefacts)
        {
            var isIndex = reference.StartsWith("sha256-", StringComparison.Ordinal) && !reference.EndsWith(".sig", StringComparison.Ordinal);
            Registry.Put("manifests", reference, manifest, isIndex ? OciMedia.Index : OciMedia.Manifest);
            foreach (var blob in blobs)
            {
                Registry.PutBlob(blob);
            }
        }
    }

    public static byte[] Der(SigningKey key, byte[] bytes)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(key.ToPem());
        return ecdsa.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public Task<ImageVerdict> AskAsync(Digest image, params Publisher[] publishers) => Book.ResolveAsync(
        AlgorithmRef.Parse($"oci:{Repository}@{image}"), new("glm for all", publishers is [] ? [Publisher()] : publishers, []),
        TestContext.Current.CancellationToken);

    public Task<ImageVerdict> AskAsync(Digest image, IReadOnlyList<ReviewerGroup> reviewers, params IReadOnlyList<Publisher> publishers) =>
        Book.ResolveAsync(AlgorithmRef.Parse($"oci:{Repository}@{image}"), new("glm for all", publishers, reviewers), TestContext.Current.CancellationToken);

    public async Task<string> CodeAsync(Digest image, params Publisher[] publishers)
    {
        var refused = Assert.IsType<ImageVerdict.Refused>(await AskAsync(image, publishers));
        Assert.Equal("glm for all", refused.Rule);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        return refused.Code;
    }

    public void Revoke(long serial, IEnumerable<Digest>? images = null, IEnumerable<KeyId>? keys = null, TimeSpan? lasts = null)
    {
        File.WriteAllText(home.Revocations, Revocations.Sign(new()
        {
            V = 1,
            Issuer = organization.Id,
            Serial = serial,
            IssuedAt = Clock.GetUtcNow(),
            NotAfter = Clock.GetUtcNow() + (lasts ?? TimeSpan.FromDays(30)),
            Images = [.. (images ?? []).Select(i => new RevokedImage(i, "it counts twice"))],
            Keys = [.. (keys ?? []).Select(k => new RevokedKey(k, "it was stolen"))],
        }, organization.RootKey, organization.Root));
        File.SetLastWriteTimeUtc(home.Revocations, Clock.GetUtcNow().UtcDateTime.AddSeconds(serial));
    }

    public async ValueTask DisposeAsync()
    {
        store.Client.Dispose();
        await Registry.DisposeAsync();
        Directory.Delete(home.Root, recursive: true);
    }

    private ImageBook NewBook() => new(
        store, new RevocationBoard(home, Clock), new KnownImages(), new SidecarSerials(home), Reviews.NewDesk(home, Clock), TimeProvider.System,
        NullLogger<ImageBook>.Instance);

    private RegistryClient Client(TimeSpan patience) => new(new() { Host = Registry.Host, Insecure = true, Patience = patience });

    private sealed class Store : IImageStore
    {
        public required RegistryClient Client { get; set; }

        public (IImageContent Content, bool Imported) Open(ImageRepository repository, Digest digest) => (Client.Open(repository), false);
    }
}
