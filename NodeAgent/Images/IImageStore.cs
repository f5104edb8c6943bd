using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.NodeAgent.Images;

/// <summary>Where images are looked at: registries, and what the node's admin brought in by hand.</summary>
internal interface IImageStore
{
    /// <summary>Throws <see cref="ImageException"/> where the repository can't be spoken to at all.</summary>
    (IImageContent Content, bool Imported) Open(ImageRepository repository, Digest digest);
}
