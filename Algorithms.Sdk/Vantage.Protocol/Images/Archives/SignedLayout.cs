using System.Text.Json;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Archives;

/// <summary>
/// Images in an OCI archive together with their signatures, laid out as <c>cosign save</c> does: each entry of the index
/// says by its annotation <c>kind</c> what it is. Read in place and believed in nothing, as a registry is.
/// </summary>
public sealed class SignedLayout : IDisposable
{
    private const int MaxEntries = 1000;

    private readonly TarIndex tar;

    private SignedLayout(TarIndex tar, IReadOnlyList<LaidEntry> entries)
    {
        this.tar = tar;
        Entries = entries;
        Images = [.. entries.Where(entry => entry.Kind == LaidKind.Image).Select(entry => new LaidImage(entry.Manifest, entry.Name))];
    }

    /// <summary>In the order of the index; each digest once.</summary>
    public IReadOnlyList<LaidImage> Images { get; }

    internal IReadOnlyList<LaidEntry> Entries { get; }

    /// <summary>Throws <see cref="ImageException"/> for what is no such archive, or one that can be read in two ways.</summary>
    public static SignedLayout Open(string path)
    {
        var archive = TarIndex.Open(path);
        try
        {
            using var layout = archive.Find("oci-layout") ?? throw new ImageException(ImageFault.ImageMalformed,
                $"{path} is no OCI archive: there is no 'oci-layout' in it. What an older 'docker save' writes has no manifest, which is what"
                + " a publisher signs: 'vantage algorithm save' writes an image with its signatures.");
            var entries = StrictJson.Read(archive.Read("index.json", ImageManifest.MaxBytes), "'index.json'", Entry);
            if (entries.Select(entry => entry.Manifest.Digest).Distinct().Count() < entries.Count)
                throw new ImageException(ImageFault.ImageAmbiguous, $"{path} lists a manifest twice.");
            return entries.Exists(entry => entry.Kind == LaidKind.Image)
                ? new(archive, entries)
                : throw new ImageException(ImageFault.ImageMalformed, $"{path} lists no image.");
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>An image and what is signed of it, as the content of the repository that it is taken for.</summary>
    public IImageContent Of(LaidImage image, ImageRepository repository) => new LayoutContent(this, image, repository);

    /// <summary>The bytes of a manifest or blob, not checked; null if they are not in the file.</summary>
    public Stream? Open(Digest digest) => tar.Find($"blobs/sha256/{digest.ToHex()}");

    /// <inheritdoc/>
    public void Dispose() => tar.Dispose();

    internal byte[]? ReadManifest(Digest digest)
    {
        using var there = Open(digest);
        return there is null ? null : tar.Read($"blobs/sha256/{digest.ToHex()}", ImageManifest.MaxBytes);
    }

    private static List<LaidEntry> Entry(JsonElement root)
    {
        var manifests = root.Need("'index.json'", "manifests");
        return manifests.GetArrayLength() <= MaxEntries
            ? [.. manifests.EnumerateArray().Select(Read).OfType<LaidEntry>()]
            : throw new ImageException(ImageFault.ImageTooLarge, $"'index.json' lists more than {MaxEntries} things.");
    }

    private static LaidEntry? Read(JsonElement entry)
    {
        const string what = "an entry of 'index.json'";
        var manifest = new Descriptor(
            entry.NeedText(what, "mediaType"), entry.NeedDigest(what, "digest"), entry.Need(what, "size").GetInt64());
        var texts = entry.Texts(what, "annotations");
        var name = texts.GetValueOrDefault(LayoutKinds.ContainerdName) ?? texts.GetValueOrDefault(LayoutKinds.NameAnnotation);
        return texts.GetValueOrDefault(LayoutKinds.KindAnnotation) switch
        {
            LayoutKinds.Signatures => new(LaidKind.Signatures, manifest, name),
            LayoutKinds.Image or LayoutKinds.ImageIndex => new(LaidKind.Image, manifest, name),
            { } other when other.StartsWith(LayoutKinds.Prefix, StringComparison.Ordinal) => null,
            _ when entry.Text(what, "artifactType") == OciMedia.Bundle => new(LaidKind.Bundle, manifest, name),
            _ when name?.EndsWith(".sig", StringComparison.Ordinal) == true => new(LaidKind.Signatures, manifest, name),
            _ => new(LaidKind.Image, manifest, name),
        };
    }
}

/// <summary>An image of an archive.</summary>
/// <param name="Root">Its manifest, or the index of several.</param>
/// <param name="Name">As the archive calls it; it proves nothing.</param>
public sealed record LaidImage(Descriptor Root, string? Name)
{
    /// <summary>The repository in its name; null where the name is a mere tag, or there is none.</summary>
    public ImageRepository? Repository
    {
        get
        {
            try
            {
                return Name is null ? null : ImageReference.Parse(Name).Repository;
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }
}

internal sealed record LaidEntry(LaidKind Kind, Descriptor Manifest, string? Name);

internal enum LaidKind
{
    Image,

    /// <summary>The manifest that a registry has under the tag <c>.sig</c>.</summary>
    Signatures,

    /// <summary>A manifest that refers to its image.</summary>
    Bundle,
}
