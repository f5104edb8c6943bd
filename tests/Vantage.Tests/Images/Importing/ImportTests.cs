using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Images.Importing;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Runtimes.Docker;

namespace Vantage.Tests.Images.Importing;

/// <summary>A site that reaches no registry takes an image out of a file, on a real engine.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Repository = "registry.example.org/study/glm";

    private readonly NodeHome home = NodeHome.At(Directory.CreateTempSubdirectory("vtg-import-").FullName);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(home.Root, recursive: true);

    [Fact]
    public async Task SignedImageInAFile_IsInTheEngine_AndIsVerifiedAsImportedFromThenOn()
    {
        TestEngine.Require();
        var (image, key) = (SampleImage.Make($"1.0.{RandomNumberGenerator.GetInt32(1 << 30)}"), await NodeAsync());
        var archive = new SavedArchive(image).Layer().List().Add(await ByOpenssl.SigTagAsync(image, key, Repository)).Write(PathOf("image.tar"));
        using var engine = new TestEngine();
        try
        {
            var first = await ImportAsync(archive, "--repository", Repository);
            var again = await ImportAsync(archive, "--repository", Repository);

            Assert.Equal((true, false), (first.GetProperty("loaded").GetBoolean(), again.GetProperty("loaded").GetBoolean()));
            Assert.Equal($"oci:{Repository}@{image.Digest}", first.GetProperty("reference").GetString());
            var has = await engine.Client.FindImageAsync($"sha256:{SampleImage.Hex(image.Config)}", Cancel);
            Assert.Equal([$"sha256:{SampleImage.Hex(image.RawLayer)}"], has?.RootFS?.Layers);
            Assert.Equal("imported", Assert.IsType<ImageVerdict.Verified>(await AskAsync(image.Digest, key)).Facts.How);
        }
        finally
        {
            await engine.Calls.DoAsync(HttpMethod.Delete, $"images/sha256:{SampleImage.Hex(image.Config)}?force=true", CancellationToken.None);
        }
    }

    [Fact]
    public async Task WhatNoPublisherOfThePolicySigned_OrWasAltered_NeverReachesTheEngine()
    {
        TestEngine.Require();
        var (image, key) = (SampleImage.Make($"1.1.{RandomNumberGenerator.GetInt32(1 << 30)}"), await NodeAsync());
        var stranger = await OpenSsl.KeyAsync(PathOf("stranger"));
        var signed = await ByOpenssl.SigTagAsync(image, key, Repository);
        (string Says, SavedArchive Archive, string Name)[] cases =
        [
            ("image-unsigned", new SavedArchive(image).Layer().List(), Repository),
            ("image-wrong-key", new SavedArchive(image).Layer().List().Add(await ByOpenssl.SigTagAsync(image, stranger, Repository)), Repository),
            ("image-publisher-unknown", new SavedArchive(image).Layer().List().Add(signed), "registry.example.org/other/glm"),
            ("image-not-found", new SavedArchive(image).List().Add(signed), Repository),
        ];
        using var engine = new TestEngine();
        foreach (var (says, archive, name) in cases)
        {
            var (code, _, error) = await Verbs.RunAsync("image", "import", archive.Write(PathOf("image.tar")), "--repository", name, "--dir", home.Root, "--json");

            Assert.Equal(ExitCodes.Untrusted, code);
            Assert.Contains(says, error, StringComparison.Ordinal);
            Assert.Null(await engine.Client.FindImageAsync($"sha256:{SampleImage.Hex(image.Config)}", Cancel));
            Assert.False(Directory.Exists(PathOf("images")));
        }
    }

    private string PathOf(string name) => Path.Combine(home.Root, name);

    private async Task<JsonElement> ImportAsync(string archive, params string[] more)
    {
        var (code, output, error) = await Verbs.RunAsync(["image", "import", archive, .. more, "--dir", home.Root, "--json"]);
        Assert.True(code == 0, error);
        return JsonElement.Parse(output)[0];
    }

    private Task<ImageVerdict> AskAsync(Digest image, string key)
    {
        var publisher = new Publisher(Vantage.Protocol.Images.Signing.PublisherKey.FromPem("authors", File.ReadAllText(key + ".pub")), "", "",
            [RepositoryPattern.Parse("registry.example.org/study/*")!]);
        var book = new ImageBook(new ImageShelf(new ImportedImages(home), new RegistryBook([], null)), new RevocationBoard(home, TimeProvider.System),
            new KnownImages(), new SidecarSerials(home), null, TimeProvider.System, NullLogger<ImageBook>.Instance);
        return book.ResolveAsync(AlgorithmRef.Parse($"oci:{Repository}@{image}"), new("glm", [publisher], []), Cancel);
    }

    /// <summary>A node whose policy names a publisher.</summary>
    /// <returns>The publisher's key.</returns>
    private async Task<string> NodeAsync()
    {
        var key = await OpenSsl.KeyAsync(PathOf("authors"));
        Directory.CreateDirectory(home.State);
        await File.WriteAllTextAsync(home.Settings, $"coordinator: https://vantage.example.org\ndocker: {{ socket: {TestEngine.Socket} }}\n", Cancel);
        await File.WriteAllTextAsync(home.Policy, """
            version: 1
            runtime:
              docker: allow
            publishers: [{ name: authors, key: authors.pub, repositories: ["registry.example.org/study/*"] }]
            accept: []

            """, Cancel);
        return key;
    }
}
