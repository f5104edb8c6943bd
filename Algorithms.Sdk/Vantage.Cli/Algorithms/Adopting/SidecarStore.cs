using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Protocol.Images.Sidecars;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Cli.Algorithms.Adopting;

/// <summary>Sidecars in a registry.</summary>
internal static class SidecarStore
{
    /// <summary>The one that lies there now, whoever signed it: to count on from, not to be believed.</summary>
    public static async Task<Sidecar?> FindAsync(RegistryContent content, Digest image, CancellationToken cancellationToken)
    {
        if (await content.FindManifestAsync(SidecarArtefact.TagOf(image), cancellationToken) is not { } stored
            || ImageManifest.Read(stored.Bytes, stored.MediaType) is not ImageManifest.Single { Layers: [var layer] })
        {
            return null;
        }

        return SidecarArtefact.ReadDocument(await content.ReadBlobAsync(layer, Sidecar.MaxBytes, "the sidecar", cancellationToken));
    }

    /// <summary>Signed before it is tagged: whoever finds the tag finds the signature too.</summary>
    public static async Task<Digest> WriteAsync(
        RegistryContent content, Descriptor image, Sidecar sidecar, SigningKey signer, CancellationToken cancellationToken)
    {
        var document = SidecarArtefact.Document(sidecar);
        var manifest = SidecarArtefact.Manifest(document, image);
        var own = new Descriptor(OciMedia.Manifest, Digest.Of(manifest), manifest.Length);
        await PutAsync(content, document, cancellationToken);
        await PutAsync(content, SignatureArtefacts.EmptyConfig, cancellationToken);
        await content.WriteManifestAsync(own.Digest.ToString(), OciMedia.Manifest, manifest, cancellationToken);
        await SignatureWriter.WriteBundleAsync(content, own, signer, cancellationToken);
        await SignatureWriter.WriteSigTagAsync(content, own, signer, cancellationToken);
        await content.WriteManifestAsync(SidecarArtefact.TagOf(image.Digest), OciMedia.Manifest, manifest, cancellationToken);
        return own.Digest;
    }

    private static Task<bool> PutAsync(RegistryContent content, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        content.WriteBlobAsync(Digest.Of(bytes.Span), bytes.Length, () => new MemoryStream(bytes.ToArray()), cancellationToken);
}
