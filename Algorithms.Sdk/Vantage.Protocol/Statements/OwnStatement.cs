using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Statements;

/// <summary>What an organization tells its own nodes and people, numbered so that an old one can't stand for a new one.</summary>
internal interface IOwnStatement
{
    int V { get; }

    OrganizationId Issuer { get; }

    long Serial { get; }
}

/// <summary>The rule that all of them share: the organization's own root signs, and serials only grow.</summary>
internal sealed record OwnStatement<T>(string What, string JwsType, JsonTypeInfo<T> Json, Action<T> RequireContent)
    where T : IOwnStatement
{
    public string Sign(T statement, SigningKey rootKey, Certificate root)
    {
        Require(statement);
        return SignedDocument.Sign(statement, JwsType, Json, rootKey, CertificateChain.Of(root));
    }

    public T Verify(string jws, Certificate ownRoot, DateTimeOffset at, long lastSeenSerial)
    {
        var own = new PinnedRoots([PinnedRoot.Of(ownRoot)]);
        var verified = SignedDocument.Verify(jws, JwsType, Json, own, at);
        var statement = verified.Value;
        Require(statement);
        if (verified.Signer.Purpose != CertificatePurpose.Root || statement.Issuer != ownRoot.Identity.Organization)
        {
            throw new SignatureException(
                SignatureFault.WrongSigner,
                $"The {What} of {statement.Issuer} is signed by {verified.Signer.Identity}: only the organization's own root signs it.");
        }

        return statement.Serial >= lastSeenSerial
            ? statement
            : throw new SignatureException(
                SignatureFault.Superseded,
                $"The {What} has serial {statement.Serial}, but {lastSeenSerial} was seen before. Install the newest one.");
    }

    public SignatureException Invalid(string why) =>
        new(SignatureFault.ContentInvalid, $"The {What} is not well formed: {why}.");

    private void Require(T statement)
    {
        if (statement.V != 1 || statement.Serial < 1)
            throw Invalid("its version is not 1, or its serial is below 1");
        RequireContent(statement);
    }
}
