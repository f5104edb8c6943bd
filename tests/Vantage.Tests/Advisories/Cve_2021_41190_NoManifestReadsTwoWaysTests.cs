using System.Text;
using Vantage.Protocol.Images;
using Vantage.Tests.Images;

namespace Vantage.Tests.Advisories;

/// <summary>One document could be read as an index and as a manifest, so that what was verified was not what ran.</summary>
public sealed class Cve_2021_41190_NoManifestReadsTwoWaysTests : IAsyncLifetime
{
    private readonly SampleImage image = SampleImage.Make();
    private ImageWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ImageWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(OciMedia.Manifest, OciMedia.Manifest)]
    [InlineData(OciMedia.Index, OciMedia.Index)]
    [InlineData(OciMedia.Manifest, OciMedia.Index)]
    public async Task IndexAndManifestInOne_IsRefused_HoweverItIsServed(string inside, string served)
    {
        var both = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(image.Manifest)
            .Replace("{\"schemaVersion\":2,", $$"""{"schemaVersion":2,"manifests":[{"mediaType":"{{OciMedia.Manifest}}","digest":"{{image.Digest}}","size":1}],""", StringComparison.Ordinal)
            .Replace($"2,\"mediaType\":\"{OciMedia.Manifest}\"", $"2,\"mediaType\":\"{inside}\"", StringComparison.Ordinal)
            .Replace($"],\"mediaType\":\"{OciMedia.Manifest}\",\"config\"", $"],\"mediaType\":\"{inside}\",\"config\"", StringComparison.Ordinal));
        await RefusedAsync(both, served);
    }

    [Theory]
    [InlineData(OciMedia.Index)]
    [InlineData(OciMedia.DockerManifest)]
    [InlineData("application/json")]
    public async Task TypeOnTheWire_AndTypeInside_AreOne(string served) => await RefusedAsync(image.Manifest, served);

    private async Task RefusedAsync(byte[] manifest, string served)
    {
        var digest = Vantage.Protocol.Cryptography.Digest.Of(manifest);
        world.Registry.Put("manifests", digest.ToString(), manifest, served);
        world.Registry.PutBlob(image.Config);
        world.SignByTag(digest);

        Assert.Equal("image-ambiguous", await world.CodeAsync(digest));
    }
}
