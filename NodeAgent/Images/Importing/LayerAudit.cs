using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.NodeAgent.Images.Importing;

/// <summary>
/// Reads every layer of images through before the engine gets to see it: each has to be what the manifest and the config
/// say, by both its digests, of bounded size, and with no name that leads out. Nothing is unpacked.
/// </summary>
/// <param name="open">The bytes of a blob; null if they are not there.</param>
/// <param name="most">Of all layers together, unpacked.</param>
internal sealed class LayerAudit(Func<Digest, Stream?> open, long most)
{
    private const int MostEntries = 1_000_000;

    private readonly HashSet<(Digest, Digest)> known = [];
    private long passed;

    /// <summary>Throws <see cref="ImageException"/> for the first thing that is not right.</summary>
    public async Task RequireAsync(IReadOnlyList<Descriptor> layers, ReadOnlyMemory<byte> config, CancellationToken cancellationToken)
    {
        var unpacked = Unpacked(config);
        if (unpacked.Count != layers.Count)
        {
            throw new ImageException(ImageFault.ImageMalformed, $"The manifest has {layers.Count} layers, and the config {unpacked.Count}.");
        }

        foreach (var (layer, diff) in layers.Zip(unpacked))
        {
            // Images of one file share layers.
            if (!known.Contains((layer.Digest, diff)))
            {
                await RequireAsync(layer, diff, cancellationToken);
                known.Add((layer.Digest, diff));
            }
        }
    }

    private async Task RequireAsync(Descriptor layer, Digest diff, CancellationToken cancellationToken)
    {
        await using var blob = open(layer.Digest) ?? throw new ImageException(
            ImageFault.ImageNotFound, $"The layer {layer.Digest} is not in the file: it was saved without its layers, or cut off.");
        await using var packed = new CountedStream(blob, layer.Size);
        try
        {
            await using var plain = new CountedStream(Unpack(layer.MediaType, packed), most - passed);
            await NamesAsync(plain, layer, cancellationToken);
            await plain.DrainAsync(cancellationToken);
            await packed.DrainAsync(cancellationToken);
            passed += plain.Count;
            Require(packed.Count == layer.Size && packed.Digest() == layer.Digest, layer, "its bytes are not those that its digest names");
            Require(plain.Digest() == diff, layer, "unpacked it is not what the config says");
        }
        catch (CountedStream.OverrunException)
        {
            throw new ImageException(ImageFault.ImageTooLarge,
                $"The layer {layer.Digest} is larger than it says, or the layers are larger than {most >> 20} MiB together when they are unpacked (--max-mib).");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or NotSupportedException)
        {
            throw new ImageException(ImageFault.ImageMalformed, $"The layer {layer.Digest} can't be read: {e.Message}", e);
        }
    }

    private static async Task NamesAsync(Stream plain, Descriptor layer, CancellationToken cancellationToken)
    {
        await using var reader = new TarReader(plain, leaveOpen: true);
        for (var entries = 0; await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry; entries++)
        {
            Require(entries < MostEntries, layer, $"it has more than {MostEntries} entries");
            Require(!LeadsOut(entry.Name) && !(entry.EntryType == TarEntryType.HardLink && LeadsOut(entry.LinkName)), layer,
                "a name in it leads out of the image");
        }
    }

    private static bool LeadsOut(string name) => name.Split('/').Contains("..");

    private static Stream Unpack(string mediaType, Stream packed) => mediaType switch
    {
        OciMedia.Layer or "application/vnd.docker.image.rootfs.diff.tar" => packed,
        _ when mediaType.EndsWith("gzip", StringComparison.Ordinal) => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true),
        _ => throw new NotSupportedException($"layers of kind {mediaType} are not read here; save the image with gzip"),
    };

    private static List<Digest> Unpacked(ReadOnlyMemory<byte> config)
    {
        try
        {
            using var parsed = JsonDocument.Parse(config);
            return [.. parsed.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(id => Digest.Parse(id.GetString()!))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ImageException(ImageFault.ImageMalformed, $"The image's config does not name its layers: {e.Message}", e);
        }
    }

    private static void Require(bool holds, Descriptor layer, string otherwise)
    {
        if (!holds)
        {
            throw new ImageException(ImageFault.ImageAltered, $"The layer {layer.Digest} is not taken: {otherwise}.");
        }
    }
}
