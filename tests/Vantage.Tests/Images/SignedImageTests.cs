using System.Text;
using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Tests.Cli;

namespace Vantage.Tests.Images;

/// <summary>
/// An author's whole way, with a real registry, keys by openssl, and signatures checked by it over the bytes that cosign's
/// specifications name.
/// </summary>
public sealed class SignedImageTests(RealRegistry registry) : IClassFixture<RealRegistry>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-signed-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Image_PushedAndSigned_IsVerifiedWithItsPublishersKey()
    {
        var image = await PushedAsync("way/oci", SampleImage.Make(), docker: false);
        var (key, other) = (await KeyAsync("author"), await KeyAsync("other"));

        var before = await RunAsync("verify", image, "--key", key + ".pub");
        var signed = await RunAsync("sign", image, "--key", key);
        var verified = await RunAsync("verify", image, "--key", other + ".pub", "--key", key + ".pub", "--json");
        var strange = await RunAsync("verify", image, "--key", other + ".pub");
        var inspected = await RunAsync("inspect", image, "--json");

        Assert.Equal((ExitCodes.Untrusted, true), (before.ExitCode, before.Error.Contains("code: image-unsigned", StringComparison.Ordinal)));
        Assert.Equal(ExitCodes.Ok, signed.ExitCode);
        Assert.Equal(ExitCodes.Ok, verified.ExitCode);
        Assert.Equal(key + ".pub", JsonDocument.Parse(verified.Out).RootElement.GetProperty("keyFile").GetString());
        Assert.Equal((ExitCodes.Untrusted, true), (strange.ExitCode, strange.Error.Contains("code: image-wrong-key", StringComparison.Ordinal)));
        Assert.Equal("glm", JsonDocument.Parse(inspected.Out).RootElement.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("bundle")]
    [InlineData("sig-tag")]
    public async Task EitherForm_IsFoundByItself_AndTwoPublishersMaySign(string form)
    {
        var image = await PushedAsync($"form/{form}", SampleImage.Make(), docker: false);
        var (first, second) = (await KeyAsync("first"), await KeyAsync("second"));

        await RunAsync("sign", image, "--key", first, "--form", form);
        await RunAsync("sign", image, "--key", second, "--form", form);

        foreach (var key in new[] { first, second })
        {
            var verified = await RunAsync("verify", image, "--key", key + ".pub", "--json");
            Assert.Equal(form, JsonDocument.Parse(verified.Out).RootElement.GetProperty("form").GetString());
        }
    }

    [Fact]
    public async Task WhatDockerSaves_IsPushedToo()
    {
        var image = await PushedAsync("way/docker", SampleImage.Make(), docker: true);

        var inspected = await RunAsync("inspect", image, "--json");

        Assert.Equal("Fits a model.", JsonDocument.Parse(inspected.Out).RootElement.GetProperty("description").GetString());
    }

    [Fact]
    public async Task OurSignatures_VerifyWithOpensslOverTheDocumentedBytes()
    {
        var sample = SampleImage.Make();
        var image = await PushedAsync("interop/ours", sample, docker: false);
        var key = await KeyAsync("author");
        await RunAsync("sign", image, "--key", key);
        var (http, hex) = (Client("interop/ours"), SampleImage.Hex(sample.Manifest));

        // The older form: the layer's blob is what is signed.
        var layer = JsonDocument.Parse(await http.GetStringAsync(Manifest($"sha256-{hex}.sig"), Cancel)).RootElement.GetProperty("layers")[0];
        var payload = await http.GetByteArrayAsync(new Uri($"blobs/{layer.GetProperty("digest").GetString()}", UriKind.Relative), Cancel);
        var der = Convert.FromBase64String(layer.GetProperty("annotations").GetProperty("dev.cosignproject.cosign/signature").GetString()!);
        Assert.Equal($$$"""{"critical":{"identity":{"docker-reference":"{{{registry.Host}}}/interop/ours"},"image":{"docker-manifest-digest":"sha256:{{{hex}}}"},"type":"cosign container image signature"},"optional":null}""",
            Encoding.UTF8.GetString(payload));
        Assert.True(await OpenSsl.VerifyAsync(key + ".pub", payload, der));

        // The newer: DSSE's encoding around an in-toto statement.
        var entry = JsonDocument.Parse(await http.GetStringAsync(Manifest($"sha256-{hex}"), Cancel)).RootElement.GetProperty("manifests")[0];
        var carrier = JsonDocument.Parse(await http.GetStringAsync(Manifest(entry.GetProperty("digest").GetString()!), Cancel)).RootElement;
        Assert.Equal($"sha256:{hex}", carrier.GetProperty("subject").GetProperty("digest").GetString());
        var bundle = JsonDocument.Parse(await http.GetStringAsync(
            new Uri($"blobs/{carrier.GetProperty("layers")[0].GetProperty("digest").GetString()}", UriKind.Relative), Cancel)).RootElement;
        var envelope = bundle.GetProperty("dsseEnvelope");
        var statement = Convert.FromBase64String(envelope.GetProperty("payload").GetString()!);
        byte[] encoded = [.. Encoding.ASCII.GetBytes($"DSSEv1 28 application/vnd.in-toto+json {statement.Length} "), .. statement];
        Assert.True(await OpenSsl.VerifyAsync(
            key + ".pub", encoded, Convert.FromBase64String(envelope.GetProperty("signatures")[0].GetProperty("sig").GetString()!)));
        var said = JsonDocument.Parse(statement).RootElement;
        Assert.Equal("https://in-toto.io/Statement/v1", said.GetProperty("_type").GetString());
        Assert.Equal("https://sigstore.dev/cosign/sign/v1", said.GetProperty("predicateType").GetString());
        Assert.Equal(hex, said.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignaturesOfOpenssl_VerifyHere(bool bundled)
    {
        var sample = SampleImage.Make();
        var path = bundled ? "interop/bundle" : "interop/tag";
        var image = await PushedAsync(path, sample, docker: false);
        var key = await KeyAsync("author");
        var repository = ImageRepository.Parse($"{registry.Host}/{path}");
        using var client = new RegistryClient(new() { Host = registry.Host, Insecure = true });
        var content = client.Open(repository);

        foreach (var (reference, manifest, blobs) in bundled
            ? await ByOpenssl.BundleAsync(sample, key) : await ByOpenssl.SigTagAsync(sample, key, repository.ToString()))
        {
            foreach (var blob in blobs)
            {
                await content.WriteBlobAsync(Digest.Of(blob), blob.Length, () => new MemoryStream(blob), Cancel);
            }

            await content.WriteManifestAsync(reference, JsonDocument.Parse(manifest).RootElement.GetProperty("mediaType").GetString()!, manifest, Cancel);
        }

        var verified = await RunAsync("verify", image, "--key", key + ".pub", "--json");

        Assert.True(verified.ExitCode == ExitCodes.Ok, verified.Error);
        Assert.Equal(bundled ? "bundle" : "sig-tag", JsonDocument.Parse(verified.Out).RootElement.GetProperty("form").GetString());
    }

    [Fact]
    public async Task BytesAlteredInTheRegistrysStore_AreNotBelieved()
    {
        var sample = SampleImage.Make();
        var image = await PushedAsync("altered/x", sample, docker: false);
        var key = await KeyAsync("author");
        await RunAsync("sign", image, "--key", key);
        var hex = SampleImage.Hex(sample.Manifest);
        var stored = Path.Combine(registry.Storage, "docker/registry/v2/blobs/sha256", hex[..2], hex, "data");
        await File.WriteAllBytesAsync(stored, SampleImage.Make("9.9.9").Manifest, Cancel);

        var verified = await RunAsync("verify", image, "--key", key + ".pub");

        Assert.Equal(ExitCodes.Untrusted, verified.ExitCode);
        Assert.NotEqual("", verified.Error);
    }

    [Fact]
    public async Task Mistakes_AreToldInWords()
    {
        registry.Require();
        var key = await KeyAsync("author");
        var nothing = $"{registry.Host}/no/such";

        var missing = await RunAsync("verify", nothing, "--key", key + ".pub");
        var plain = await CliRun.OfAsync("algorithm", "verify", nothing, "--key", key + ".pub");
        var elsewhere = await CliRun.OfAsync("algorithm", "verify", "registry.example.org/x", "--key", key + ".pub", "--insecure");
        var nameless = await RunAsync("verify", "glm", "--key", key + ".pub");
        var secret = await RunAsync("verify", nothing, "--key", key);

        Assert.Equal(ExitCodes.NotFound, missing.ExitCode);
        Assert.Equal(ExitCodes.Untrusted, plain.ExitCode);
        Assert.Equal(ExitCodes.Usage, elsewhere.ExitCode);
        Assert.Equal(ExitCodes.Usage, nameless.ExitCode);
        Assert.Contains("PUBLIC KEY", secret.Error, StringComparison.Ordinal);
    }

    private async Task<string> PushedAsync(string path, SampleImage image, bool docker)
    {
        registry.Require();
        var file = Path.Combine(folder.FullName, "image.tar");
        if (docker)
        {
            image.WriteDockerArchive(file);
        }
        else
        {
            image.WriteOciArchive(file);
        }

        var pushed = await RunAsync("push", file, $"{registry.Host}/{path}:1", "--quiet");
        Assert.True(pushed.ExitCode == ExitCodes.Ok, pushed.Error);
        Assert.True(docker || pushed.Out.Trim() == $"oci:{registry.Host}/{path}@{image.Digest}", pushed.Out);
        return pushed.Out.Trim();
    }

    private Task<CliRun> RunAsync(string verb, params string[] args) => CliRun.OfAsync(["algorithm", verb, .. args, "--insecure"]);

    private Task<string> KeyAsync(string name) => OpenSsl.KeyAsync(Path.Combine(folder.FullName, name));

    private HttpClient Client(string path)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://{registry.Host}/v2/{path}/") };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", $"{OciMedia.Manifest}, {OciMedia.Index}");
        return client;
    }

    private static Uri Manifest(string reference) => new($"manifests/{reference}", UriKind.Relative);
}
