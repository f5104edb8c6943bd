using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Images.Signing;

/// <summary>
/// Whether a publisher stands behind an image. The order is fixed: bytes are checked against digests, and signatures
/// against keys, before anything in them is believed or, where it can be, read.
/// </summary>
public static class ImageVerifier
{
    /// <summary>
    /// The first signature that counts: over exactly this digest, by one of these keys. Throws <see cref="ImageException"/>
    /// if there is none, and for every fault of the store on the way to it.
    /// </summary>
    public static async Task<VerifiedSignature> VerifyAsync(
        IImageContent content, Digest image, IReadOnlyList<PublisherKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            throw new ArgumentException("Without a key nothing can be verified.", nameof(keys));
        await content.ReadManifestAsync(image, cancellationToken);
        var faults = new List<ImageException>();
        await foreach (var signature in new SignatureSearch(content, image, faults.Add).RunAsync(cancellationToken))
        {
            if (keys.FirstOrDefault(key => signature.IsBy(key.Key)) is not { } by)
                faults.Add(Unfit(signature, keys));
            else if (Claims(signature, image, faults))
                return new(by, signature.Form);
        }

        throw Refusal(content.Repository, image, keys, faults);
    }

    private static bool Claims(ImageSignature signature, Digest image, List<ImageException> faults)
    {
        try
        {
            var claimed = signature.Claim();
            if (claimed == image)
                return true;
            faults.Add(new(ImageFault.ImageSignatureMisplaced, $"a signature by the right key is of another image, {claimed}"));
        }
        catch (ImageException e)
        {
            faults.Add(e);
        }

        return false;
    }

    private static ImageException Unfit(ImageSignature signature, IReadOnlyList<PublisherKey> keys) =>
        keys.FirstOrDefault(key => key.Id == signature.Hint) is { } named
            ? new(ImageFault.ImageSignatureInvalid, $"a signature names the key of '{named.Name}' and does not fit it, so it was altered")
            : new(ImageFault.ImageWrongKey, "a signature fits none of these keys: it is by somebody else, or was altered");

    /// <summary>One reason: the one that says most. That some of many are by other keys is nothing unusual.</summary>
    private static ImageException Refusal(
        ImageRepository repository, Digest image, IReadOnlyList<PublisherKey> keys, List<ImageException> faults)
    {
        var trusted = string.Join(", ", keys.Select(key => $"'{key.Name}' ({key.Id.ToString()[..16]}…)"));
        var worst = faults.OrderBy(fault => fault.Fault == ImageFault.ImageWrongKey).FirstOrDefault();
        return worst is null
            ? new(ImageFault.ImageUnsigned, $"{repository}@{image} is not signed. Its publisher signs it with 'vantage algorithm sign',"
                + $" or with cosign and a key pair; believed here: {trusted}.")
            : new(worst.Fault, $"{repository}@{image} has no signature that counts here: {worst.Message.TrimEnd('.')}"
                + (faults.Count > 1 ? $" (and {faults.Count - 1} more that do not count)" : "") + $". Believed here: {trusted}.", worst);
    }
}

/// <summary>A signature that counts.</summary>
/// <param name="By">Whose.</param>
/// <param name="Form">How it was found.</param>
public sealed record VerifiedSignature(PublisherKey By, SignatureForm Form)
{
    /// <summary>For receipts and logs: <c>sig-tag</c> or <c>bundle</c>.</summary>
    public string How => Form.ToExactName();
}
