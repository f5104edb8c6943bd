using System.Runtime.CompilerServices;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Signing;

/// <summary>
/// Finds what may be signatures of an image: what refers to it, then the tag <c>.sig</c>. A thing that is broken is no
/// signature and is handed to <paramref name="broken"/>; a registry that fails ends the search, since nobody knows what it
/// would have shown.
/// </summary>
internal sealed class SignatureSearch(IImageContent content, Digest image, Action<ImageException> broken)
{
    /// <summary>More are not looked at: each costs a request and a verification.</summary>
    public const int Most = 50;

    private const int MaxBytes = 64 * 1024;

    private int found;

    public async IAsyncEnumerable<ImageSignature> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var referrer in await content.ReferrersAsync(image, cancellationToken))
        {
            if (referrer.ArtifactType == OciMedia.Bundle && await TryAsync(() => BundleAsync(referrer, cancellationToken)) is { } bundle)
                yield return bundle;
        }

        if (await content.FindManifestAsync(SimpleSigning.TagOf(image), cancellationToken) is not { } tagged)
            yield break;
        foreach (var layer in await TryAsync(() => Task.FromResult(Layers(tagged))) ?? [])
        {
            if (await TryAsync(() => LayerAsync(layer, cancellationToken)) is { } signature)
                yield return signature;
        }
    }

    private async Task<ImageSignature> BundleAsync(Descriptor referrer, CancellationToken cancellationToken)
    {
        Count();
        var (_, manifest) = await content.ReadManifestAsync(referrer.Digest, cancellationToken);
        if (manifest is not ImageManifest.Single { ArtifactType: OciMedia.Bundle, Subject: { } subject, Layers: [var layer] }
            || layer.MediaType != OciMedia.Bundle)
        {
            throw new ImageException(ImageFault.ImageMalformed, "What calls itself a signature bundle is none.");
        }

        return subject.Digest == image
            ? SigstoreBundle.Read(await content.ReadBlobAsync(layer, MaxBytes, "a signature bundle", cancellationToken))
            : throw new ImageException(ImageFault.ImageSignatureMisplaced, "A signature bundle in the list refers to another image.");
    }

    private static List<Descriptor> Layers(StoredManifest tagged) =>
        ImageManifest.Read(tagged.Bytes, tagged.MediaType) is ImageManifest.Single single
            ? [.. single.Layers.Where(layer => layer.MediaType == OciMedia.SimpleSigning)]
            : throw new ImageException(ImageFault.ImageMalformed, "What is tagged as the image's signatures is an index.");

    private async Task<ImageSignature> LayerAsync(Descriptor layer, CancellationToken cancellationToken)
    {
        Count();
        if (!layer.Annotations.TryGetValue(SimpleSigning.SignatureAnnotation, out var text))
            throw new ImageException(ImageFault.ImageMalformed, $"A signature has no '{SimpleSigning.SignatureAnnotation}'.");
        var payload = await content.ReadBlobAsync(layer, MaxBytes, "a signed payload", cancellationToken);
        try
        {
            return new(SignatureForm.SigTag, payload, Convert.FromBase64String(text), null, () => SimpleSigning.Read(payload));
        }
        catch (FormatException e)
        {
            throw new ImageException(ImageFault.ImageMalformed, "A signature is not base64.", e);
        }
    }

    /// <summary>Not a broken thing among others, but an end of all looking: so it is thrown through.</summary>
    private void Count()
    {
        if (++found > Most)
            throw new TooManyException();
    }

    private async Task<T?> TryAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (ImageException e) when (e.IsAboutContent)
        {
            broken(e);
            return null;
        }
        catch (TooManyException)
        {
            throw new ImageException(ImageFault.ImageTooLarge,
                $"{content.Repository} has more than {Most} signatures of {image}, and more are not looked at. Its publisher should tidy up.");
        }
    }

    private sealed class TooManyException : Exception;
}
