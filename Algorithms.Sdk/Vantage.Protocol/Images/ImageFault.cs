namespace Vantage.Protocol.Images;

/// <summary>
/// Why an image is not believed, or not to be had. The set is closed; each has a stable code, its name in kebab-case.
/// Whatever the fault, nothing is started.
/// </summary>
public enum ImageFault
{
    /// <summary>The registry has no such repository, manifest or blob.</summary>
    ImageNotFound,

    /// <summary>The registry can't be reached, breaks off, is too slow, or says that it is busy. Asking later may help.</summary>
    ImageRegistryUnavailable,

    /// <summary>The registry wants other credentials, or none of those given may read there.</summary>
    ImageRegistryRefused,

    /// <summary>TLS, a redirect, a token service or an answer is not what a registry's may be.</summary>
    ImageRegistryUntrusted,

    /// <summary>Bytes that are not those their digest names.</summary>
    ImageAltered,

    /// <summary>A manifest that two readers could take for two things.</summary>
    ImageAmbiguous,

    /// <summary>Not what its media type says.</summary>
    ImageMalformed,

    /// <summary>Larger, or more in number, than such a thing can be.</summary>
    ImageTooLarge,

    /// <summary>There is no signature.</summary>
    ImageUnsigned,

    /// <summary>There are signatures, none by a key that counts here.</summary>
    ImageWrongKey,

    /// <summary>A signature names a key that counts here and does not fit it: something was altered.</summary>
    ImageSignatureInvalid,

    /// <summary>Well signed, but for another image or another purpose.</summary>
    ImageSignatureMisplaced,

    /// <summary>Older than the version that the policy asks for.</summary>
    ImageRolledBack,

    /// <summary>The image or the key that signed it is on the revocation list.</summary>
    ImageRevoked,

    /// <summary>The revocation list has expired, is missing, is older than one seen before, or can't be read.</summary>
    ImageRevocationsUnusable,

    /// <summary>No publisher that the policy's rule names may sign for this repository.</summary>
    ImagePublisherUnknown,

    /// <summary>It does not say what it is: the label <c>org.vantage.algorithm</c> is missing or wrong.</summary>
    ImageUndescribed,

    /// <summary>It has nothing for this machine's processor, or more than one thing.</summary>
    ImagePlatformMissing,

    /// <summary>The image's sidecar is signed by nobody.</summary>
    ImageSidecarUnsigned,

    /// <summary>The image's sidecar is signed, by no key that counts here.</summary>
    ImageSidecarWrongKey,

    /// <summary>Well signed, but the sidecar of another image.</summary>
    ImageSidecarMisplaced,

    /// <summary>Well signed, and not what a sidecar has to be.</summary>
    ImageSidecarInvalid,

    /// <summary>An older sidecar than one that this node has seen, or another with the same number.</summary>
    ImageSidecarRolledBack,

    /// <summary>Not enough of the reviewers whom the policy's rule asks have approved it, or their approvals have ended.</summary>
    ImageUnreviewed,

    /// <summary>A reviewer whom the policy's rule asks said no to it, or took an approval back.</summary>
    ImageRejected,

    /// <summary>Nobody can be asked what the reviewers said, or the node's own record of it can't be read.</summary>
    ImageReviewsUnavailable,

    /// <summary>It needs what no sandbox here gives, such as a database to speak to.</summary>
    ImageUnsupported,
}
