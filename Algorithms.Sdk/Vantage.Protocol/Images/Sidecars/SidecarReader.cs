using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Protocol.Images.Sidecars;

/// <summary>Finds an image's sidecar and believes it only as an image would be believed: signature first, content after.</summary>
public static class SidecarReader
{
    /// <summary>Null if there is none. Throws <see cref="ImageException"/> for one that does not count.</summary>
    /// <param name="content">The image's repository.</param>
    /// <param name="image">Exactly this one.</param>
    /// <param name="keys">Whose sidecars count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<VerifiedSidecar?> FindAsync(
        IImageContent content, Digest image, IReadOnlyList<PublisherKey> keys, CancellationToken cancellationToken)
    {
        if (await content.FindManifestAsync(SidecarArtefact.TagOf(image), cancellationToken) is not { } stored)
            return null;
        var signature = await SignedAsync(content, image, stored.Digest, keys, cancellationToken);
        if (ImageManifest.Read(stored.Bytes, stored.MediaType) is not ImageManifest.Single
            { ArtifactType: Sidecar.MediaType, Layers: [{ MediaType: Sidecar.MediaType } layer] } manifest)
        {
            throw new ImageException(ImageFault.ImageSidecarInvalid, $"What is tagged as the sidecar of {image} is none.");
        }

        var document = await content.ReadBlobAsync(layer, Sidecar.MaxBytes, "the sidecar", cancellationToken);
        var sidecar = SidecarArtefact.ReadDocument(document);
        return manifest.Subject?.Digest == image && sidecar.Image == image
            ? new(sidecar, stored.Digest, signature.By)
            : throw new ImageException(ImageFault.ImageSidecarMisplaced,
                $"The sidecar that lies beside {image} is well signed, but it is that of {sidecar.Image}: it says nothing about this image.");
    }

    private static async Task<VerifiedSignature> SignedAsync(
        IImageContent content, Digest image, Digest sidecar, IReadOnlyList<PublisherKey> keys, CancellationToken cancellationToken)
    {
        try
        {
            return await ImageVerifier.VerifyAsync(content, sidecar, keys, cancellationToken);
        }
        catch (ImageException e) when (e.Fault == ImageFault.ImageUnsigned)
        {
            throw new ImageException(ImageFault.ImageSidecarUnsigned,
                $"{content.Repository}@{image} has a sidecar ({sidecar}) that nobody signed. A publisher whom this node trusts signs it with"
                + " 'vantage algorithm adopt --sign'.", e);
        }
        catch (ImageException e) when (e.Fault == ImageFault.ImageWrongKey)
        {
            throw new ImageException(ImageFault.ImageSidecarWrongKey, $"The sidecar of {content.Repository}@{image}: {e.Message}", e);
        }
    }
}

/// <summary>A sidecar that counts.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Digest">Of its manifest: what was signed, and what can be revoked.</param>
/// <param name="By">Who signed it.</param>
public sealed record VerifiedSidecar(Sidecar Document, Digest Digest, PublisherKey By);
