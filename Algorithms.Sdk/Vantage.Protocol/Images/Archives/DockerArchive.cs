using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Archives;

/// <summary>
/// What engines wrote before they knew OCI's layout: a config, and layers that are not compressed and have no digests yet.
/// Its layers are compressed into a temporary folder, and a manifest is made for them.
/// </summary>
internal sealed class DockerArchive : PackedImage
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vantage-push-");

    private DockerArchive()
    {
    }

    public override Descriptor Root => root ?? throw new InvalidOperationException("It is not made yet.");

    private Descriptor? root;

    public static async Task<DockerArchive> OpenAsync(TarIndex tar, string path, CancellationToken cancellationToken)
    {
        using (tar)
        {
            var (config, layers) = Read(tar, "manifest.json", list => list.GetArrayLength() == 1
                ? (list[0].NeedText("'manifest.json'", "Config"),
                    list[0].Need("'manifest.json'", "Layers").EnumerateArray().Select(layer => layer.GetString()!).ToList())
                : throw new ImageException(ImageFault.ImageAmbiguous, $"{path} holds {list.GetArrayLength()} images; one at a time is pushed."));
            var archive = new DockerArchive();
            try
            {
                await archive.MakeAsync(tar, config, layers, cancellationToken);
                return archive;
            }
            catch
            {
                archive.Dispose();
                throw;
            }
        }
    }

    public override Stream? Open(Digest digest) => File.Exists(PathOf(digest)) ? File.OpenRead(PathOf(digest)) : null;

    protected override void Dispose(bool disposing)
    {
        if (Directory.Exists(folder.FullName))
            folder.Delete(recursive: true);
    }

    private async Task MakeAsync(TarIndex tar, string config, List<string> layers, CancellationToken cancellationToken)
    {
        var entries = new JsonArray();
        foreach (var layer in layers)
        {
            var packed = await CompressAsync(tar, layer, cancellationToken);
            entries.Add((JsonNode)Entry(packed));
        }

        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciMedia.Manifest,
            ["config"] = Entry(await KeepAsync(OciMedia.Config, tar.Read(config, ImageConfig.MaxBytes), cancellationToken)),
            ["layers"] = entries,
        };
        root = await KeepAsync(OciMedia.Manifest, Encoding.UTF8.GetBytes(manifest.ToJsonString()), cancellationToken);
    }

    private async Task<Descriptor> CompressAsync(TarIndex tar, string name, CancellationToken cancellationToken)
    {
        await using var layer = tar.Find(name) ?? throw new ImageException(ImageFault.ImageMalformed, $"The layer '{name}' is not in the file.");
        var draft = Path.Combine(folder.FullName, "draft");
        await using (var file = File.Create(draft))
        await using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            await layer.CopyToAsync(gzip, cancellationToken);
        }

        Digest digest;
        long size;
        await using (var packed = File.OpenRead(draft))
        {
            (digest, size) = (await Digest.OfAsync(packed, cancellationToken), packed.Length);
        }

        File.Move(draft, PathOf(digest), overwrite: true);
        return new(OciMedia.Layer + "+gzip", digest, size);
    }

    private async Task<Descriptor> KeepAsync(string type, byte[] bytes, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(bytes);
        await File.WriteAllBytesAsync(PathOf(digest), bytes, cancellationToken);
        return new(type, digest, bytes.Length);
    }

    private string PathOf(Digest digest) => Path.Combine(folder.FullName, digest.ToHex());

    private static JsonObject Entry(Descriptor descriptor) => new()
    {
        ["mediaType"] = descriptor.MediaType,
        ["digest"] = descriptor.Digest.ToString(),
        ["size"] = descriptor.Size,
    };
}
