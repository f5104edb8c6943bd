using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Statements;

/// <summary>A node's answer to a sign-in challenge.</summary>
public sealed record SignInStatement
{
    public const string JwsType = "vantage-node-sign-in+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    public required NodeId Node { get; init; }

    /// <summary>The challenge as it was given.</summary>
    public required string Challenge { get; init; }

    /// <summary>The base address of the Coordinator that gave the challenge, so that no other can pass it on.</summary>
    public required string Audience { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public static string Sign(SignInStatement statement, SigningKey key, CertificateChain chain) =>
        SignedDocument.Sign(statement, JwsType, SignedJson.Default.SignInStatement, key, chain);

    /// <summary>
    /// Throws <see cref="TrustException"/> unless the node itself answered this challenge for this audience. Whether the
    /// challenge is still open is its giver's question.
    /// </summary>
    public static Verified<SignInStatement> Verify(
        string jws, string challenge, string audience, ITrust trust, DateTimeOffset at)
    {
        var verified = SignedDocument.Verify(jws, JwsType, SignedJson.Default.SignInStatement, trust, at);
        var statement = verified.Value;
        if (statement.V != 1)
            throw new SignatureException(SignatureFault.ContentInvalid, "The sign-in is of an unknown version.");
        if (verified.Signer.Principal != new Principal.Node(statement.Node))
        {
            throw new SignatureException(
                SignatureFault.WrongSigner, $"The sign-in of {statement.Node} is signed by {verified.Signer.Identity}.");
        }

        return statement.Challenge == challenge && statement.Audience == audience
            ? verified
            : throw new SignatureException(
                SignatureFault.ContentInvalid,
                $"The sign-in of {statement.Node} answers another challenge, or was made for '{statement.Audience}' and not for "
                + $"'{audience}'.");
    }
}
