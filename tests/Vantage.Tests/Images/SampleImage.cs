using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.Tests.Images;

/// <summary>A small image with one layer and an algorithm's label, written out by hand as other tools write it.</summary>
internal sealed record SampleImage(byte[] Config, byte[] RawLayer, byte[] Layer, byte[] Manifest)
{
    public Digest Digest => Digest.Of(Manifest);

    public static string Label(string version) => $$"""
        {"v":1,"name":"glm","version":"{{version}}","description":"Fits a model.","functions":[{"name":"partial","kind":"partial","description":"One site's part.","arguments":{"type":"object"},"data":[{"name":"table","description":"The rows."}]}]}
        """;

    public static SampleImage Make(string version = "1.0.0", string? label = null, string? architecture = null, bool labelled = true)
    {
        var raw = Tar("run.sh", "#!/bin/sh\nexit 0\n");
        var layer = Gzip(raw);
        var labels = labelled ? $$"""{"org.vantage.algorithm":{{System.Text.Json.JsonSerializer.Serialize(label ?? Label(version))}}}""" : "{}";
        var config = Encoding.UTF8.GetBytes(
            $$$"""{"architecture":"{{{architecture ?? ImagePlatform.OfThisMachine.Architecture}}}","os":"linux","config":{"Entrypoint":["/run.sh"],"Labels":{{{labels}}}},"rootfs":{"type":"layers","diff_ids":["sha256:{{{Hex(raw)}}}"]}}""");
        return new(config, raw, layer, ManifestOf(config, layer));
    }

    public static byte[] ManifestOf(byte[] config, byte[] layer) => Encoding.UTF8.GetBytes(
        $$$"""{"schemaVersion":2,"mediaType":"{{{OciMedia.Manifest}}}","config":{"mediaType":"{{{OciMedia.Config}}}","digest":"sha256:{{{Hex(config)}}}","size":{{{config.Length}}}},"layers":[{"mediaType":"{{{OciMedia.Layer}}}+gzip","digest":"sha256:{{{Hex(layer)}}}","size":{{{layer.Length}}}}]}""");

    /// <summary>As <c>skopeo</c>, <c>buildah</c> and <c>docker buildx</c> write it.</summary>
    public void WriteOciArchive(string path)
    {
        using var file = File.Create(path);
        using var tar = new TarWriter(file);
        Add(tar, "oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        Add(tar, "index.json", Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"manifests":[{"mediaType":"{{{OciMedia.Manifest}}}","digest":"{{{Digest}}}","size":{{{Manifest.Length}}}}]}"""));
        foreach (var blob in new[] { Config, Layer, Manifest })
        {
            Add(tar, $"blobs/sha256/{Hex(blob)}", blob);
        }
    }

    /// <summary>As <c>docker save</c> wrote it before engine 25.</summary>
    public void WriteDockerArchive(string path)
    {
        using var file = File.Create(path);
        using var tar = new TarWriter(file);
        var config = Hex(Config) + ".json";
        Add(tar, "abc/layer.tar", RawLayer);
        Add(tar, config, Config);
        Add(tar, "manifest.json", Encoding.UTF8.GetBytes($$"""[{"Config":"{{config}}","RepoTags":["glm:1"],"Layers":["abc/layer.tar"]}]"""));
    }

    public static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Tar(string name, string content)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            Add(tar, name, Encoding.UTF8.GetBytes(content));
        }

        return bytes.ToArray();
    }

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });

    private static byte[] Gzip(byte[] raw)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(raw);
        }

        return packed.ToArray();
    }
}
