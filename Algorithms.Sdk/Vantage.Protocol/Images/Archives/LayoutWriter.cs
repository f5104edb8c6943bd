using System.Formats.Tar;
using System.Text.Json.Nodes;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Protocol.Images.Archives;

/// <summary>
/// Writes an OCI archive of images and their signatures, as <c>cosign save</c> lays them out. The same contents give the
/// same bytes.
/// </summary>
public sealed class LayoutWriter : IAsyncDisposable
{
    private readonly TarWriter tar;
    private readonly JsonArray entries = [];
    private readonly HashSet<Digest> written = [];

    /// <param name="to">Stays open.</param>
    public LayoutWriter(Stream to) => tar = new TarWriter(to, TarEntryFormat.Pax, leaveOpen: true);

    /// <summary>Adds a blob that is not there yet.</summary>
    public async Task AddAsync(Digest digest, Stream content, CancellationToken cancellationToken)
    {
        if (written.Add(digest))
            await WriteAsync($"blobs/sha256/{digest.ToHex()}", content, cancellationToken);
    }

    /// <summary>Adds bytes, such as a manifest's.</summary>
    /// <returns>Their digest.</returns>
    public async Task<Digest> AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(bytes.Span);
        using var content = new MemoryStream(bytes.ToArray());
        await AddAsync(digest, content, cancellationToken);
        return digest;
    }

    /// <summary>Lists an image whose blobs were added.</summary>
    /// <param name="root">Its manifest, or index.</param>
    /// <param name="name">Its repository, with a tag if there is one.</param>
    public void ListImage(Descriptor root, string name) =>
        List(root, OciMedia.IsIndex(root.MediaType) ? LayoutKinds.ImageIndex : LayoutKinds.Image, name);

    /// <summary>Lists the manifest that a registry has under the image's tag <c>.sig</c>.</summary>
    public void ListSignatures(Descriptor manifest, Digest image) => List(manifest, LayoutKinds.Signatures, SimpleSigning.TagOf(image));

    /// <summary>Lists a bundle's manifest, which refers to its image.</summary>
    public void ListBundle(Descriptor manifest)
    {
        var entry = Entry(manifest);
        entry["artifactType"] = OciMedia.Bundle;
        entries.Add((JsonNode)entry);
    }

    /// <summary>Writes the index, without which there is no archive.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var index = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciMedia.Index,
            ["manifests"] = entries,
        };
        await WriteAsync("index.json", Text(index), cancellationToken);
        await WriteAsync("oci-layout", Text(new() { ["imageLayoutVersion"] = "1.0.0" }), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => tar.DisposeAsync();

    private void List(Descriptor manifest, string kind, string name)
    {
        var entry = Entry(manifest);
        entry["annotations"] = new JsonObject { [LayoutKinds.KindAnnotation] = kind, [LayoutKinds.NameAnnotation] = name };
        entries.Add((JsonNode)entry);
    }

    private static JsonObject Entry(Descriptor manifest) => new()
    {
        ["mediaType"] = manifest.MediaType,
        ["digest"] = manifest.Digest.ToString(),
        ["size"] = manifest.Size,
    };

    private static MemoryStream Text(JsonObject value) => new(System.Text.Encoding.UTF8.GetBytes(value.ToJsonString()));

    private Task WriteAsync(string name, Stream content, CancellationToken cancellationToken) => tar.WriteEntryAsync(
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch }, cancellationToken);
}
