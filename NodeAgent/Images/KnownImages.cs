using System.Collections.Concurrent;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Sidecars;

namespace Vantage.NodeAgent.Images;

/// <summary>
/// What was verified before. Only what holds for ever is remembered: what a digest stands for, and which keys signed it.
/// Whose keys count, what is revoked and how old is too old is asked anew each time; refusals are not remembered at all.
/// </summary>
internal sealed class KnownImages
{
    private const int Most = 256;

    private readonly ConcurrentDictionary<(ImageRepository, Digest), KnownImage> images = new();

    public KnownImage? Find(ImageRepository repository, Digest digest) => images.GetValueOrDefault((repository, digest));

    public KnownImage Add(KnownImage image)
    {
        if (images.Count >= Most)
            images.Clear();
        return images[(image.Repository, image.Description.Manifest)] = image;
    }
}

/// <param name="Keys">By which keys it is signed, and how each signature was found.</param>
internal sealed record KnownImage(
    ImageRepository Repository, ImageDescription Description, AlgorithmManifest Algorithm, IReadOnlyDictionary<KeyId, string> Keys)
{
    /// <summary>Such an image is never remembered: there may be a newer sidecar any time.</summary>
    public VerifiedSidecar? Sidecar { get; init; }
}
