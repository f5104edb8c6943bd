using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Coordinator.Nodes;

/// <summary>
/// A node signs a challenge with its certified key and gets a session. Whoever does not hold that key learns nothing, not
/// even whether the node exists: every failure before the signature is verified reads the same.
/// </summary>
internal sealed class SignInHandlers(Database database, CoordinatorSecrets secrets, NodeSettings settings, PublicAddress address,
    TimeProvider time, RandomNumberGenerator random)
{
    /// <summary>The name of the key that marks challenges as ours.</summary>
    private const string ChallengeKey = "node-challenge";

    private static readonly Refusal Refused = new(ErrorCodes.ChallengeInvalid,
        "The sign-in is refused: unknown or revoked node, a challenge that was used, has ended or was given to another, or a signature "
        + "by another key than the certified one. Ask for a new challenge; if it stays so, have the admin compare the node's fingerprint.");

    public async Task<Answer<SignInChallenge>> ChallengeAsync(SignInChallengeRequest ask, CancellationToken cancellationToken)
    {
        var expires = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + settings.ChallengeLife).ToUnixTimeSeconds());
        return new SignInChallenge(Challenge.Create(ask.Node, expires, await secrets.GetAsync(ChallengeKey, cancellationToken), random), expires);
    }

    public async Task<Answer<NodeSession>> SignInAsync(NodeSignIn ask, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = await secrets.GetAsync(ChallengeKey, cancellationToken);
        if (Peek(ask.Response) is not { } said
            || !Challenge.TryOpen(said.Challenge, said.Node, now, key, out var challenge)
            || await KnownNode.FindAsync(database, said.Node, cancellationToken) is not { Revoked: false } node
            || Verify(ask.Response, said, node, now) is not { } signed)
        {
            return Refused;
        }

        if (!address.IsMeantBy(signed.Audience))
        {
            return new Refusal(ErrorCodes.ChallengeInvalid,
                $"The node signed in to {signed.Audience}, and this Coordinator is {address.Url}. Give the node that address, or the Coordinator "
                + "the other one (--public-url).");
        }

        var id = Guid.CreateVersion7(now);
        var token = SecretText.Create(SecretText.NodeSession, id, random);
        var expires = now + settings.SessionLife;
        return await OpenAsync(said.Node, node.Organization, token, expires, challenge, forgetFormer: !signed.ByFormer && node.FormerSigningCertificate is not null, cancellationToken)
            ? new NodeSession(token.Text, expires, said.Node, node.Organization, node.SigningCertificate!, node.EncryptionCertificate!)
            : Refused;
    }

    /// <summary>What the response says, believed only once <see cref="Verify"/> has spoken.</summary>
    private static SignInStatement? Peek(string response)
    {
        try
        {
            return SignedDocument.ReadUnverified(response, SignedJson.Default.SignInStatement);
        }
        catch (SignatureException)
        {
            return null;
        }
    }

    /// <summary>
    /// The audience, once the node's certified key turns out to have signed. The certificate is the published one, not the
    /// one that came along: a node whose own has run out gets the new one in this way. So does one that changes its keys: until
    /// it has signed in with the new key the one of before lets it in.
    /// </summary>
    private static (string Audience, bool ByFormer)? Verify(string response, SignInStatement said, KnownNode node, DateTimeOffset now)
    {
        if (node is not { Root: { } root, SigningCertificate: { } certificate, EncryptionCertificate: not null } || said.V != 1)
            return null;
        var trust = new PinnedRoots([PinnedRoot.Of(node.Organization, node.Name, Certificate.Parse(root))]);
        return IsSigned(response, said, certificate, trust, now) ? (said.Audience, false)
            : node.FormerSigningCertificate is { } former && IsSigned(response, said, former, trust, now) ? (said.Audience, true)
            : null;
    }

    private static bool IsSigned(string response, SignInStatement said, byte[] certificate, PinnedRoots trust, DateTimeOffset now)
    {
        try
        {
            var signer = Certificates.Verify(certificate, trust, now).For(CertificatePurpose.Signing);
            var jws = Jws.Parse(response);
            return signer.Principal == new Principal.Node(said.Node) && jws.Header.Type == SignInStatement.JwsType
                && jws.IsSignedBy(signer.Certificate.SigningKey);
        }
        catch (TrustException)
        {
            return false;
        }
    }

    /// <summary>False if the challenge was answered before: its random bytes can be inserted once.</summary>
    private async Task<bool> OpenAsync(NodeId node, OrganizationId organization, SecretText token, DateTimeOffset expires, Challenge challenge,
        bool forgetFormer, CancellationToken cancellationToken)
    {
        try
        {
            await database.ExecuteAsync(TenantScope.Of(organization),
                [
                    .. forgetFormer ? [ForgetFormer(node)] : Array.Empty<NpgsqlBatchCommand>(),
                    new NpgsqlBatchCommand("INSERT INTO used_challenge (nonce, expires_at) VALUES ($1, $2)")
                    {
                        Parameters = { new() { Value = challenge.Nonce }, Time(challenge.ExpiresAt) },
                    },
                    new NpgsqlBatchCommand("INSERT INTO node_session (id, node_id, organization_id, hash, expires_at) VALUES ($1, $2, $3, $4, $5)")
                    {
                        Parameters =
                        {
                            new() { Value = token.Id }, new() { Value = node.Value }, new() { Value = organization.Value },
                            new() { Value = token.Hash }, Time(expires),
                        },
                    },
                ],
                cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.IsDuplicate("used_challenge_pkey"))
        {
            return false;
        }
    }

    private static NpgsqlBatchCommand ForgetFormer(NodeId node) => new("UPDATE node SET former_signs_in = false WHERE id = $1")
    {
        Parameters = { new() { Value = node.Value } },
    };

    private static NpgsqlParameter Time(DateTimeOffset at) => new() { Value = at, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
