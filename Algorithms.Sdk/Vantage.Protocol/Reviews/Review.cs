using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Reviews;

/// <summary>A review that is believed to be its reviewer's; whether the reviewer counts is a <see cref="ReviewRule"/>'s question.</summary>
/// <param name="Statement">What they said.</param>
/// <param name="Reviewer">Who.</param>
/// <param name="Organization">Whose root certified them.</param>
/// <param name="Name">What their certificate calls them.</param>
/// <param name="OfJws">Names this very document.</param>
public sealed record Review(ReviewStatement Statement, UserId Reviewer, OrganizationId Organization, string Name, Digest OfJws)
{
    private static readonly TimeSpan LongestApproval = TimeSpan.FromDays(731);

    public static string Sign(ReviewStatement statement, SigningKey key, CertificateChain chain)
    {
        Require(statement);
        return SignedDocument.Sign(statement, ReviewStatement.JwsType, SignedJson.Default.ReviewStatement, key, chain);
    }

    /// <summary>
    /// Throws <see cref="TrustException"/> unless a person whom a pinned root certified signed exactly this. Whether an approval
    /// still holds is asked each time it is counted.
    /// </summary>
    public static Review Verify(string jws, ITrust trust, DateTimeOffset at)
    {
        var verified = SignedDocument.Verify(jws, ReviewStatement.JwsType, SignedJson.Default.ReviewStatement, trust, at);
        Persons.RequireOne(verified.Signer, "review");
        Require(verified.Value);
        return new(verified.Value, ((Principal.User)verified.Signer.Principal).Id, verified.Signer.Organization, verified.Signer.Name, verified.OfJws);
    }

    private static void Require(ReviewStatement statement)
    {
        if (statement.V != 1 || statement.Serial < 1)
            throw Invalid("its version is not 1, or its serial is below 1");
        if (statement.NotAfter <= statement.IssuedAt || statement.NotAfter - statement.IssuedAt > LongestApproval)
            throw Invalid($"it holds for no time, or for more than {LongestApproval.TotalDays} days");
        if (statement.Comment.Length > ReviewStatement.LongestComment)
            throw Invalid($"its comment has more than {ReviewStatement.LongestComment} characters");
        if (statement.Verdict != ReviewVerdict.Approved && string.IsNullOrWhiteSpace(statement.Comment))
            throw Invalid("it says no without a comment");
    }

    private static SignatureException Invalid(string why) =>
        new(SignatureFault.ContentInvalid, $"The review is not well formed: {why}.");
}
