using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Images;

/// <summary>An image that is not believed, or not to be had.</summary>
public sealed class ImageException(ImageFault fault, string message, Exception? innerException = null)
    : TrustException(message, innerException)
{
    /// <summary>What kind of thing is wrong.</summary>
    public ImageFault Fault { get; } = fault;

    /// <summary>Stable, in kebab-case.</summary>
    public override string Code => Fault.ToExactName();

    /// <summary>
    /// The fault lies in the bytes of one thing, so that another may still be good. All other faults are of the whole way
    /// to the registry: what was not seen because of them could have been anything.
    /// </summary>
    internal bool IsAboutContent => Fault is not (ImageFault.ImageRegistryUnavailable or ImageFault.ImageRegistryRefused
        or ImageFault.ImageRegistryUntrusted);
}
