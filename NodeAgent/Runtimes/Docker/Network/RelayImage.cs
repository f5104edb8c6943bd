using System.Formats.Tar;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Runtimes.Docker.Network;

/// <summary>
/// The relay as an image of one file, put together by the node and loaded into the engine: nothing is pulled for it, it
/// has no name that could be moved, and the same program always gives the same image.
/// </summary>
/// <param name="Id">The digest of its configuration, by which most engines know it.</param>
/// <param name="Layer">The digest of its only layer, by which it is recognized in any.</param>
/// <param name="Archive">As <c>docker save</c> writes it.</param>
internal sealed record RelayImage(Digest Id, Digest Layer, byte[] Archive)
{
    public const string Program = "/relay";

    public static RelayImage Of(RelayProgram program)
    {
        const string LayerName = "layer.tar";
        const UnixFileMode Executable = (UnixFileMode)0b101_101_101;
        var layer = Tar((Program[1..], program.Bytes, Executable));
        var layerDigest = Digest.Of(layer);
        var configuration = JsonSerializer.SerializeToUtf8Bytes(
            new("linux", program.Architecture, new([Program]), new("layers", [layerDigest.ToString()])), RelayImageJson.Default.ImageConfiguration);
        var id = Digest.Of(configuration);
        var name = id.ToString().Replace("sha256:", "", StringComparison.Ordinal) + ".json";
        var manifest = JsonSerializer.SerializeToUtf8Bytes([new(name, [], [LayerName])], RelayImageJson.Default.SavedImageArray);
        const UnixFileMode Readable = (UnixFileMode)0b100_100_100;
        return new(id, layerDigest, Tar(("manifest.json", manifest, Readable), (name, configuration, Readable), (LayerName, layer, Readable)));
    }

    /// <summary>Without dates and owners, which would make it another image each time.</summary>
    private static byte[] Tar(params (string Name, byte[] Content, UnixFileMode Mode)[] files)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content, mode) in files)
            {
                using var data = new MemoryStream(content);
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { Mode = mode, ModificationTime = DateTimeOffset.UnixEpoch, DataStream = data });
            }
        }

        return bytes.ToArray();
    }
}

internal sealed record ImageConfiguration(
    [property: JsonPropertyName("os")] string Os, [property: JsonPropertyName("architecture")] string Architecture,
    [property: JsonPropertyName("config")] ImageCommand Config, [property: JsonPropertyName("rootfs")] ImageLayers Layers);

internal sealed record ImageCommand(IReadOnlyList<string> Entrypoint);

internal sealed record ImageLayers(
    [property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("diff_ids")] IReadOnlyList<string> Digests);

internal sealed record SavedImage(string Config, IReadOnlyList<string> RepoTags, IReadOnlyList<string> Layers);

[JsonSerializable(typeof(ImageConfiguration))]
[JsonSerializable(typeof(SavedImage[]))]
internal sealed partial class RelayImageJson : JsonSerializerContext;
