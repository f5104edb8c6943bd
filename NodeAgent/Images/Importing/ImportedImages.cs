using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;

namespace Vantage.NodeAgent.Images.Importing;

/// <summary>
/// What this node's admin brought in by hand: for each image an archive of what was signed and of the signatures, in the
/// node's folder <c>images</c>. The layers are with the engine. An image is verified out of it for every request anew, as
/// out of a registry.
/// </summary>
internal sealed class ImportedImages(NodeHome home)
{
    private string Folder => Path.Combine(home.Root, "images");

    /// <summary>Null if it was not imported for this repository.</summary>
    public IImageContent? Find(ImageRepository repository, Digest digest)
    {
        var path = PathOf(digest);
        if (!File.Exists(path))
        {
            return null;
        }

        // It reads by place and keeps nothing open, so that there is nothing to dispose of.
        var layout = SignedLayout.Open(path);
        return layout.Images.FirstOrDefault(image => image.Root.Digest == digest && image.Repository == repository) is { } found
            ? layout.Of(found, repository)
            : null;
    }

    /// <summary>Keeps what was signed of an image. It is there wholly or not at all.</summary>
    public async Task KeepAsync(IImageContent content, Digest digest, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var draft = $"{PathOf(digest)}.{Environment.ProcessId}";
        try
        {
            await using (var file = File.Create(draft))
            await using (var writer = new LayoutWriter(file))
            {
                await content.CopyAsync(digest, writer, withLayers: false, cancellationToken);
                await writer.FinishAsync(cancellationToken);
            }

            File.Move(draft, PathOf(digest), overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private string PathOf(Digest digest) => Path.Combine(Folder, digest.ToHex() + ".tar");
}
