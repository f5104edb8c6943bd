using Vantage.Protocol.Charters;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <summary>The newest version of a collaboration's charter that the Coordinator has. Nothing is believed because of it.</summary>
public sealed record CharterHead(CollaborationId Collaboration, CharterId Id, long Serial, Digest Digest);

/// <summary>A collaboration's charter: what holds, and what is being agreed on.</summary>
/// <param name="Versions">In their order, at most <see cref="MostVersions"/> at once: ask again after the last.</param>
/// <param name="Proposals">Next versions that lack consents.</param>
public sealed record CharterBook(IReadOnlyList<SignedCharter> Versions, IReadOnlyList<SignedCharter> Proposals)
{
    public const int MostVersions = 20;
}

/// <summary>An organization's consent to one version, which is proposed by it if it was not there yet.</summary>
/// <param name="Text">The charter's exact text.</param>
/// <param name="Consent">A <see cref="CharterConsent"/>, as a compact JWS.</param>
public sealed record AgreeToCharter(string Text, string Consent);

/// <summary>What became of a consent.</summary>
/// <param name="InForce">The version holds now.</param>
/// <param name="Agreed">Who agreed so far.</param>
/// <param name="Missing">What it still lacks, in a sentence.</param>
public sealed record CharterStanding(long Serial, Digest Digest, bool InForce, IReadOnlyList<OrganizationId> Agreed, string? Missing);
