using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Cli.Algorithms;

/// <summary>Adds a signature to those that an image has, in either of cosign's forms.</summary>
internal static class SignatureWriter
{
    public static async Task WriteSigTagAsync(
        RegistryContent content, Descriptor image, SigningKey key, CancellationToken cancellationToken)
    {
        var payload = SimpleSigning.Write(content.Repository, image.Digest);
        var tag = SimpleSigning.TagOf(image.Digest);
        var layers = new List<Descriptor>();
        if (await content.FindManifestAsync(tag, cancellationToken) is { } before
            && ImageManifest.Read(before.Bytes, before.MediaType) is ImageManifest.Single single)
        {
            layers.AddRange(single.Layers);
        }

        layers.Add(SignatureArtefacts.SigLayer(payload, key.SignDer(payload)));
        var config = SignatureArtefacts.SigConfig(layers);
        await PutAsync(content, payload, cancellationToken);
        await PutAsync(content, config, cancellationToken);
        await content.WriteManifestAsync(tag, OciMedia.Manifest, SignatureArtefacts.SigManifest(config, layers), cancellationToken);
    }

    public static async Task WriteBundleAsync(
        RegistryContent content, Descriptor image, SigningKey key, CancellationToken cancellationToken)
    {
        var statement = SigstoreBundle.WriteStatement(image.Digest);
        var bundle = SigstoreBundle.Write(statement, key.SignDer(SigstoreBundle.SignedBytes(statement)), key.KeyId);
        var manifest = SignatureArtefacts.BundleManifest(bundle, image);
        await PutAsync(content, bundle, cancellationToken);
        await PutAsync(content, SignatureArtefacts.EmptyConfig, cancellationToken);
        var keepsList = await content.WriteManifestAsync(
            Digest.Of(manifest).ToString(), OciMedia.Manifest, manifest, cancellationToken);
        if (keepsList)
        {
            return;
        }

        // A registry before version 1.1 of the specification: the list is kept under a tag, by whoever adds to it.
        var listed = await content.ReferrersAsync(image.Digest, cancellationToken);
        await content.WriteManifestAsync(SignatureArtefacts.ReferrersTagOf(image.Digest), OciMedia.Index,
            SignatureArtefacts.Referrers([.. listed, SignatureArtefacts.Referrer(manifest)]), cancellationToken);
    }

    private static Task<bool> PutAsync(RegistryContent content, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        content.WriteBlobAsync(Digest.Of(bytes.Span), bytes.Length, () => new MemoryStream(bytes.ToArray()), cancellationToken);
}
