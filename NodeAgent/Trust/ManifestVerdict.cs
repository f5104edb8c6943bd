using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Trust;

/// <summary>What verifying a handed-over run came to.</summary>
internal abstract record ManifestVerdict
{
    private ManifestVerdict() { }

    /// <summary>A pinned person stands behind it, it is for this node, it is in its time, and its recipients are who they say.</summary>
    /// <param name="Target">This node's part; for an alternate, with the alternate's node, key and input.</param>
    /// <param name="Recipients">The keys its results are sealed to.</param>
    public sealed record Verified(
        TaskManifest Manifest,
        Digest ManifestDigest,
        ManifestTarget Target,
        Requester Requester,
        IReadOnlyList<EncryptionPublicKey> Recipients) : ManifestVerdict;

    /// <param name="Code">One of <see cref="Protocol.Errors.RunCodes"/>.</param>
    /// <param name="Message">For the people who may learn why.</param>
    /// <param name="Manifest">What was asked, as far as it could be read; not believed.</param>
    /// <param name="Tell">
    /// The recipients that are pinned. Nobody else is told why: the reason says whom this node trusts.
    /// </param>
    public sealed record Refused(string Code, string Message, TaskManifest? Manifest, IReadOnlyList<EncryptionPublicKey> Tell)
        : ManifestVerdict;
}
