using System.Formats.Tar;
using System.Text;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;

namespace Vantage.Tests.Images;

/// <summary>Archives are read where they lie: nothing in them becomes a file.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-archive-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(folder.FullName, "image.tar");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task OciArchive_KeepsItsDigest()
    {
        var image = SampleImage.Make();
        image.WriteOciArchive(Path);

        using var packed = await PackedImage.OpenAsync(Path, Cancel);

        Assert.Equal(image.Digest, packed.Root.Digest);
        Assert.Equal(image.Manifest, packed.ReadManifest(packed.Root).Bytes);
    }

    [Fact]
    public async Task LinksWithinTheArchive_AreFollowed_AndNoneLeadsOut()
    {
        var image = SampleImage.Make();
        Write(
            File("a/layer.tar", image.RawLayer),
            new PaxTarEntry(TarEntryType.SymbolicLink, "b/layer.tar") { LinkName = "../a/layer.tar" },
            new PaxTarEntry(TarEntryType.SymbolicLink, "etc") { LinkName = "/etc/passwd" },
            new PaxTarEntry(TarEntryType.SymbolicLink, "out") { LinkName = "../../../../etc/passwd" },
            new PaxTarEntry(TarEntryType.SymbolicLink, "round") { LinkName = "round" },
            File("c.json", image.Config),
            File("manifest.json", Encoding.UTF8.GetBytes("""[{"Config":"c.json","RepoTags":null,"Layers":["a/layer.tar","b/layer.tar"]}]""")));

        using var packed = await PackedImage.OpenAsync(Path, Cancel);
        using var tar = TarIndex.Open(Path);

        var layers = Assert.IsType<ImageManifest.Single>(packed.ReadManifest(packed.Root).Manifest).Layers;
        Assert.Equal(layers[0].Digest, layers[1].Digest);
        Assert.All(["etc", "out", "round", "/etc/passwd", "../etc/passwd"], name => Assert.Null(tar.Find(name)));
    }

    [Fact]
    public async Task HostileArchive_IsRefused_AndLeavesNothing()
    {
        var image = SampleImage.Make();
        byte[] Named(string config, string layer) => Encoding.UTF8.GetBytes($$"""[{"Config":"{{config}}","Layers":["{{layer}}"]}]""");
        (ImageFault Fault, TarEntry[] Entries)[] hostile =
        [
            (ImageFault.ImageMalformed, []),
            (ImageFault.ImageMalformed, [File("readme", [])]),
            (ImageFault.ImageAmbiguous, [File("oci-layout", []), File("index.json", "{}"u8.ToArray()), File("index.json", "{ }"u8.ToArray())]),
            (ImageFault.ImageMalformed, [File("oci-layout", []), File("index.json", "{}"u8.ToArray())]),
            (ImageFault.ImageAmbiguous, [File("oci-layout", []), File("index.json", "{\"manifests\":[],\"manifests\":[]}"u8.ToArray())]),
            (ImageFault.ImageAmbiguous, [File("oci-layout", []), File("index.json", "{\"manifests\":[]}"u8.ToArray())]),
            (ImageFault.ImageMalformed, [File("manifest.json", Named("/etc/passwd", "/etc/shadow"))]),
            (ImageFault.ImageMalformed, [File("c", image.Config), File("manifest.json", Named("c", "../../../etc/passwd"))]),
            (ImageFault.ImageMalformed, [new PaxTarEntry(TarEntryType.SymbolicLink, "c") { LinkName = "/etc/passwd" }, File("manifest.json", Named("c", "c"))]),
            (ImageFault.ImageMalformed, [new PaxTarEntry(TarEntryType.CharacterDevice, "c") { DeviceMajor = 1, DeviceMinor = 5 }, File("manifest.json", Named("c", "c"))]),
            (ImageFault.ImageTooLarge, [File("manifest.json", new byte[5 << 20])]),
        ];
        foreach (var (fault, entries) in hostile)
        {
            Write(entries);

            var refused = await Assert.ThrowsAsync<ImageException>(() => PackedImage.OpenAsync(Path, Cancel));

            Assert.Equal(fault, refused.Fault);
        }

        Assert.Equal(["image.tar"], folder.EnumerateFileSystemInfos().Select(file => file.Name));
    }

    [Fact]
    public async Task AlteredManifestInTheArchive_IsRefused()
    {
        var image = SampleImage.Make();
        image.WriteOciArchive(Path);
        var bytes = await System.IO.File.ReadAllBytesAsync(Path, Cancel);
        var at = bytes.AsSpan().IndexOf(image.Manifest);
        bytes[at + 20] ^= 1;
        await System.IO.File.WriteAllBytesAsync(Path, bytes, Cancel);

        using var packed = await PackedImage.OpenAsync(Path, Cancel);

        Assert.Equal(ImageFault.ImageAltered, Assert.Throws<ImageException>(() => packed.ReadManifest(packed.Root)).Fault);
    }

    [Fact]
    public async Task CompressedArchive_IsToldFromAnOtherwiseWrongOne()
    {
        await System.IO.File.WriteAllBytesAsync(Path, SampleImage.Make().Layer, Cancel);

        var refused = await Assert.ThrowsAsync<ImageException>(() => PackedImage.OpenAsync(Path, Cancel));

        Assert.Contains("gunzip", refused.Message, StringComparison.Ordinal);
    }

    private static PaxTarEntry File(string name, byte[] content) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) };

    private void Write(params TarEntry[] entries)
    {
        using var file = System.IO.File.Create(Path);
        using var tar = new TarWriter(file);
        foreach (var entry in entries)
        {
            tar.WriteEntry(entry);
        }
    }
}
