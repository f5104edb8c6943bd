using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Tasks.Submission;

/// <summary>Reads a signed manifest, and believes it if the caller, a person or a node, signed it with a key that their
/// organization certified.</summary>
internal static class ManifestReader
{
    /// <summary>What the bytes say, before anything is believed: which collaboration's roots are to be asked.</summary>
    public static Answer<UnverifiedDocument<TaskManifest>> Peek(string jws)
    {
        try
        {
            return SignedDocument.Open(jws, SignedJson.Default.TaskManifest);
        }
        catch (SignatureException e)
        {
            return new Refusal(ErrorCodes.ManifestInvalid, e.Message);
        }
    }

    /// <summary>The key by which the caller signed it.</summary>
    public static Answer<KeyId> Verify(
        UnverifiedDocument<TaskManifest> read, OrganizationId own, Principal caller, Circle circle, DateTimeOffset now)
    {
        if (circle.RootsOf(own).Count == 0)
        {
            return new Refusal(ErrorCodes.RootMissing,
                "Your organization has not published its root here, so your signature can't be checked. Its admin does that "
                + "first: vantage keys init.");
        }

        try
        {
            var signer = read.Verify(TaskManifest.JwsType, circle, now).Signer;
            return signer.Organization == own && signer.Principal == caller
                ? signer.KeyId
                : new Refusal(ErrorCodes.SignatureInvalid,
                    $"The manifest is signed by {signer.Identity}, and the token is that of {caller}. Submit with the token of "
                    + "the person whose key signs: is the profile that of this home?");
        }
        catch (SignatureException e)
        {
            return new Refusal(e.Fault == SignatureFault.SignatureInvalid ? ErrorCodes.SignatureInvalid : ErrorCodes.ManifestInvalid, e.Message);
        }
        catch (TrustException e)
        {
            return new Refusal(ErrorCodes.CertificateInvalid, e.Message);
        }
    }
}
