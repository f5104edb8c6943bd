using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Sidecars;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Reviews;

namespace Vantage.NodeAgent.Images;

/// <summary>Whether this node may run an image. Whatever is not verified is refused, for whatever reason.</summary>
internal abstract record ImageVerdict
{
    private ImageVerdict() { }

    public sealed record Verified(ImageFacts Facts) : ImageVerdict;

    /// <param name="Code">One of <see cref="ImageFault"/>, in its spelling as a code.</param>
    /// <param name="Rule">The rule of the policy under which it was judged.</param>
    /// <param name="Message">What is wrong and what to do, for the asker; sealed.</param>
    public sealed record Refused(string Code, string Rule, string Message) : ImageVerdict;
}

/// <summary>What is known of a verified image. Exactly this is run.</summary>
/// <param name="Repository">Where it lies.</param>
/// <param name="Manifest">The digest that was asked for and signed.</param>
/// <param name="PlatformManifest">The manifest for this machine: the same unless the former is an index.</param>
/// <param name="Config">Digest of its config: how engines name the image once they have it.</param>
/// <param name="Algorithm">What it says of itself, under the signature.</param>
/// <param name="Publisher">The policy's name for who signed, or for the reviewers who alone answer for it.</param>
/// <param name="Key">The key that the signature fits; null where reviewers alone answer for it.</param>
/// <param name="How"><c>sig-tag</c>, <c>bundle</c>, <c>imported</c>, <c>sidecar</c> or <c>reviewed</c>.</param>
internal sealed record ImageFacts(
    ImageRepository Repository, Digest Manifest, Digest PlatformManifest, Digest Config, AlgorithmManifest Algorithm,
    string Publisher, KeyId? Key, string How)
{
    /// <summary>The approvals that let it run, where the policy asks for some.</summary>
    public IReadOnlyList<Review> Reviews { get; init; } = [];

    /// <summary>Set where the image does not speak for itself: what was signed about it instead, and of which contract it is.</summary>
    public VerifiedSidecar? Sidecar { get; init; }

    /// <summary>For the receipt: who answers for the code.</summary>
    public ReceiptImage Receipt => new(Publisher, How, Config, Key, Reviews is []
        ? null
        : [.. Reviews.Select(review => new ReceiptReview(review.Organization, review.Reviewer, review.OfJws))]);
}
