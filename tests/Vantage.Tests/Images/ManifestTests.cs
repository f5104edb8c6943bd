using System.Text;
using Vantage.Protocol.Images;

namespace Vantage.Tests.Images;

/// <summary>A manifest is read in one way, or not at all.</summary>
public sealed class ManifestTests
{
    private const string Config = """{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2}""";
    private const string Head = $$"""{"schemaVersion":2,"mediaType":"{{OciMedia.Manifest}}",""";

    [Fact]
    public void Manifest_IsRead()
    {
        var image = Assert.IsType<ImageManifest.Single>(Read($$"""{{Head}}"config":{{Config}},"layers":[{{Config}}],"org.example":[1]}"""));

        Assert.Equal((2L, 1), (image.Config.Size, image.Layers.Count));
    }

    [Theory]
    // CVE-2021-41190: one reader sees an index, another an image.
    [InlineData($$"""{{Head}}"config":{{Config}},"layers":[],"manifests":[]}""", ImageFault.ImageAmbiguous)]
    [InlineData($$"""{{Head}}"config":{{Config}},"manifests":[]}""", ImageFault.ImageAmbiguous)]
    [InlineData($$"""{{Head}}"config":{{Config}},"layers":[],"layers":[{{Config}}]}""", ImageFault.ImageAmbiguous)]
    [InlineData($$"""{{Head}}"config":{{Config}},"layers":[],"Layers":[{{Config}}]}""", ImageFault.ImageAmbiguous)]
    [InlineData($$"""{{Head}}"config":{{Config}},"layers":[],"mediaType":"{{OciMedia.Index}}"}""", ImageFault.ImageAmbiguous)]
    [InlineData($$"""{{Head}}"config":{{Config}},"layers":[],"fsLayers":[]}""", ImageFault.ImageAmbiguous)]
    [InlineData($$"""{"schemaVersion":2,"config":{{Config}},"layers":[]}""", ImageFault.ImageAmbiguous)]
    [InlineData($$"""{"schemaVersion":2,"mediaType":"{{OciMedia.Index}}","manifests":[]}""", ImageFault.ImageAmbiguous)]
    [InlineData($$"""{{Head}}"config":{"mediaType":"a","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","Digest":"x","size":2},"layers":[]}""", ImageFault.ImageAmbiguous)]
    [InlineData($$"""{{Head}}"layers":[]}""", ImageFault.ImageMalformed)]
    [InlineData($$"""{{Head}}"config":{{Config}}}""", ImageFault.ImageMalformed)]
    [InlineData($$"""{{Head}}"config":[],"layers":[]}""", ImageFault.ImageMalformed)]
    [InlineData($$"""{"schemaVersion":1,"mediaType":"{{OciMedia.Manifest}}","config":{{Config}},"layers":[]}""", ImageFault.ImageMalformed)]
    [InlineData($$"""{{Head}}"config":{"mediaType":"a","digest":"sha512:00","size":2},"layers":[]}""", ImageFault.ImageMalformed)]
    [InlineData($$"""{{Head}}"config":{"mediaType":"a","digest":"sha256:44136FA355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},"layers":[]}""", ImageFault.ImageMalformed)]
    [InlineData($$"""{{Head}}"config":{"mediaType":"a","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":-1},"layers":[]}""", ImageFault.ImageMalformed)]
    [InlineData($$"""{{Head}}"config":{"mediaType":"a","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":1e999},"layers":[]}""", ImageFault.ImageMalformed)]
    [InlineData($$"""{{Head}}"config":{"mediaType":"a","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2,"urls":["https://x"]},"layers":[]}""", ImageFault.ImageMalformed)]
    [InlineData("", ImageFault.ImageMalformed)]
    [InlineData("null", ImageFault.ImageMalformed)]
    [InlineData("[]", ImageFault.ImageMalformed)]
    [InlineData("{", ImageFault.ImageMalformed)]
    [InlineData("\uFEFF{}", ImageFault.ImageMalformed)]
    public void WhatCouldBeReadOtherwise_IsRefused(string text, ImageFault fault)
    {
        // A doubled or misspelt member is "ambiguous", anything else that is wrong "malformed"; either way it is refused.
        var refused = Assert.Throws<ImageException>(() => Read(text));

        Assert.True(refused.Fault == fault || (fault, refused.Fault) is (ImageFault.ImageMalformed, ImageFault.ImageAmbiguous),
            $"{refused.Fault}: {refused.Message}");
    }

    [Fact]
    public void DepthAndNumber_AreBounded()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));
        var many = string.Join(',', Enumerable.Repeat(Config, 1001));

        Assert.Throws<ImageException>(() => Read($$"""{{Head}}"config":{{Config}},"layers":[],"x":{{deep}}}"""));
        Assert.Equal(ImageFault.ImageTooLarge, Assert.Throws<ImageException>(() => Read($$"""{{Head}}"config":{{Config}},"layers":[{{many}}]}""")).Fault);
    }

    [Theory]
    [InlineData("registry.example.org/vantage/glm", "registry.example.org")]
    [InlineData("127.0.0.1:5000/glm", "127.0.0.1:5000")]
    [InlineData("localhost/glm", "localhost")]
    [InlineData("registry:5000/a__b/c-d.e", "registry:5000")]
    public void Repository_IsHostAndPath(string text, string host) => Assert.Equal(host, ImageRepository.Parse(text).Host);

    [Theory]
    [InlineData("glm")]
    [InlineData("vantage/glm")]
    [InlineData("registry.example.org")]
    [InlineData("registry.example.org/")]
    [InlineData("Registry.example.org/glm")]
    [InlineData("registry.example.org/Glm")]
    [InlineData("registry.example.org//glm")]
    [InlineData("registry.example.org/../glm")]
    [InlineData("registry.example.org/a/.b")]
    [InlineData("user@registry.example.org/glm")]
    [InlineData("user:password@registry.example.org/glm")]
    [InlineData("https://registry.example.org/glm")]
    [InlineData("registry.example.org:0/glm")]
    [InlineData("registry.example.org:080/glm")]
    [InlineData("registry.example.org:99999/glm")]
    [InlineData("2130706433:80/glm")]
    [InlineData("0x7f.0.0.1/glm")]
    [InlineData("0177.0.0.1/glm")]
    [InlineData("127.1/glm")]
    [InlineData("127.0.0.1.:80/glm")]
    [InlineData("[::1]:5000/glm")]
    [InlineData("registry.example.org\n/glm")]
    [InlineData("registry.example.org/glm?x=1")]
    [InlineData("registry.example.org/glm#x")]
    [InlineData("registry.example.org/%2e%2e/glm")]
    public void AnythingElse_IsNoRepository(string text) => Assert.False(ImageRepository.TryParse(text, out _));

    private static ImageManifest Read(string text) => ImageManifest.Read(Encoding.UTF8.GetBytes(text), OciMedia.Manifest);
}
