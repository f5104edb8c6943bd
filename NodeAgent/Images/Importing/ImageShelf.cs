using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.NodeAgent.Images.Importing;

/// <summary>What was imported is not asked for anywhere; everything else is its registry's.</summary>
internal sealed class ImageShelf(ImportedImages imported, RegistryBook registries) : IImageStore
{
    public (IImageContent Content, bool Imported) Open(ImageRepository repository, Digest digest) =>
        imported.Find(repository, digest) is { } content ? (content, true) : registries.Open(repository, digest);
}
