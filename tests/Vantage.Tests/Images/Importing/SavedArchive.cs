using System.Formats.Tar;
using System.Text;
using Vantage.Protocol.Images;

namespace Vantage.Tests.Images.Importing;

/// <summary>An image and signatures in a file, put together by hand as <c>cosign save</c> lays them out.</summary>
internal sealed class SavedArchive(SampleImage image)
{
    private readonly List<string> entries = [];
    private readonly List<byte[]> blobs = [image.Config, image.Manifest];

    public SavedArchive Layer(byte[]? layer = null)
    {
        blobs.Add(layer ?? image.Layer);
        return this;
    }

    public SavedArchive List(string? name = null, string digest = "")
    {
        var named = name is null ? "" : $",\"org.opencontainers.image.ref.name\":\"{name}\"";
        entries.Add($$$"""{"mediaType":"{{{OciMedia.Manifest}}}","digest":"{{{(digest.Length > 0 ? digest : image.Digest)}}}","size":{{{image.Manifest.Length}}},"annotations":{"kind":"dev.cosignproject.cosign/image"{{{named}}}}}""");
        return this;
    }

    /// <summary>Signatures as <see cref="ByOpenssl"/> makes them; the list of referrers stays behind, as it does with cosign.</summary>
    public SavedArchive Add(IEnumerable<(string Reference, byte[] Manifest, byte[][] Blobs)> artefacts)
    {
        foreach (var (reference, manifest, parts) in artefacts)
        {
            if (reference.StartsWith("sha256-", StringComparison.Ordinal) && !reference.EndsWith(".sig", StringComparison.Ordinal))
            {
                continue;
            }

            var kind = reference.EndsWith(".sig", StringComparison.Ordinal)
                ? "\"annotations\":{\"kind\":\"dev.cosignproject.cosign/sigs\"}" : $"\"artifactType\":\"{OciMedia.Bundle}\"";
            entries.Add($$$"""{"mediaType":"{{{OciMedia.Manifest}}}","digest":"sha256:{{{SampleImage.Hex(manifest)}}}","size":{{{manifest.Length}}},{{{kind}}}}""");
            blobs.AddRange([manifest, .. parts]);
        }

        return this;
    }

    public string Write(string path)
    {
        using var file = File.Create(path);
        using var tar = new TarWriter(file);
        Add(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
        Add(tar, "index.json", $$"""{"schemaVersion":2,"manifests":[{{string.Join(',', entries)}}]}""");
        foreach (var blob in blobs.DistinctBy(SampleImage.Hex))
        {
            Add(tar, $"blobs/sha256/{SampleImage.Hex(blob)}", blob);
        }

        return path;
    }

    private static void Add(TarWriter tar, string name, string text) => Add(tar, name, Encoding.UTF8.GetBytes(text));

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}
