using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Reviews;

/// <summary>Signs submissions and reads them back.</summary>
public static class Submissions
{
    public static string Sign(SubmissionStatement statement, SigningKey key, CertificateChain chain)
    {
        Require(statement);
        return SignedDocument.Sign(statement, SubmissionStatement.JwsType, SignedJson.Default.SubmissionStatement, key, chain);
    }

    /// <summary>Throws <see cref="TrustException"/> unless a person whom a pinned root certified signed exactly this.</summary>
    public static Verified<SubmissionStatement> Verify(string jws, ITrust trust, DateTimeOffset at)
    {
        var verified = SignedDocument.Verify(jws, SubmissionStatement.JwsType, SignedJson.Default.SubmissionStatement, trust, at);
        Persons.RequireOne(verified.Signer, "submission");
        Require(verified.Value);
        return verified;
    }

    /// <summary>What the code says of itself. Throws <see cref="SignatureException"/> where it is no such thing.</summary>
    public static AlgorithmManifest Describe(SubmissionStatement statement)
    {
        try
        {
            return AlgorithmLabel.Read(statement.Description);
        }
        catch (FormatException e)
        {
            throw Invalid($"its description is not what an image's label has to be: {e.Message}");
        }
    }

    private static void Require(SubmissionStatement statement)
    {
        if (statement.V != 1)
            throw Invalid("its version is not 1");
        if (statement.Note.Length > SubmissionStatement.LongestNote)
            throw Invalid($"its note has more than {SubmissionStatement.LongestNote} characters");
        if (statement.Description.Length > SubmissionStatement.LongestDescription)
            throw Invalid($"its description has more than {SubmissionStatement.LongestDescription} characters");
        Describe(statement);
    }

    private static SignatureException Invalid(string why) =>
        new(SignatureFault.ContentInvalid, $"The submission is not well formed: {why}.");
}
