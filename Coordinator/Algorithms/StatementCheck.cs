using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Algorithms;

/// <summary>
/// Whether a statement was signed by the person who hands it in. It keeps mistakes out early; nobody's safety rests on it,
/// since nodes and clients check against roots that they pinned themselves.
/// </summary>
internal static class StatementCheck
{
    /// <param name="caller">Who hands it in.</param>
    /// <param name="root">Their organization's, as published; null if it has none.</param>
    /// <param name="verify">Reads and verifies; throws <see cref="TrustException"/>.</param>
    /// <param name="signer">Who signed it.</param>
    public static Answer<T> Of<T>(UserCaller caller, byte[]? root, Func<ITrust, T> verify, Func<T, Principal> signer)
        where T : class
    {
        if (root is null)
        {
            return new Refusal(ErrorCodes.RootMissing,
                "Your organization has not published its root here, so your signature can't be checked. Its admin does that first: "
                + "vantage keys init.");
        }

        try
        {
            var read = verify(new PinnedRoots([PinnedRoot.Of(Certificate.Parse(root))]));
            return signer(read) == new Principal.User(caller.User)
                ? read
                : new Refusal(ErrorCodes.SignatureInvalid,
                    "This is signed by somebody else than the token belongs to. Hand it in with the token of the person whose key signs.");
        }
        catch (SignatureException e)
        {
            return new Refusal(e.Fault == SignatureFault.ContentInvalid ? ErrorCodes.InvalidInput : ErrorCodes.SignatureInvalid, e.Message);
        }
        catch (TrustException e)
        {
            return new Refusal(ErrorCodes.CertificateInvalid, e.Message);
        }
    }
}
