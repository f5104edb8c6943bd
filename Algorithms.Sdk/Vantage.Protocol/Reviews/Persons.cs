using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Reviews;

/// <summary>Code is judged by people: neither a node nor an organization's root puts it forward or reviews it.</summary>
internal static class Persons
{
    public static void RequireOne(CertifiedIdentity signer, string what)
    {
        if (signer.Principal is not Principal.User)
        {
            throw new SignatureException(SignatureFault.WrongSigner,
                $"The {what} is signed by {signer.Identity}: only a person with a certified signing key can.");
        }
    }
}
