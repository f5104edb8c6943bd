using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Archives;

/// <summary>An OCI image layout in a tar: everything lies under its digest already.</summary>
internal sealed class OciArchive : PackedImage
{
    private readonly TarIndex tar;

    private OciArchive(TarIndex tar, Descriptor root) => (this.tar, Root) = (tar, root);

    public override Descriptor Root { get; }

    public static OciArchive Open(TarIndex tar, string path) => Read(tar, "index.json", root =>
    {
        var manifests = root.Need("'index.json'", "manifests").EnumerateArray().ToList();
        if (manifests is not [var only])
        {
            throw new ImageException(ImageFault.ImageAmbiguous,
                $"{path} holds {manifests.Count} images. Write one with a single image, or a multi-platform index.");
        }

        const string what = "the entry in 'index.json'";
        return new OciArchive(tar, new(only.NeedText(what, "mediaType"), only.NeedDigest(what, "digest"), only.Need(what, "size").GetInt64()));
    });

    public override Stream? Open(Digest digest) => tar.Find($"blobs/sha256/{digest.ToHex()}");

    protected override void Dispose(bool disposing) => tar.Dispose();
}
