using Vantage.Protocol.Charters;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Signatures;

namespace Vantage.Client.Errors;

/// <summary>
/// What the protocol refuses to believe or open, as the client's one kind of error. Its words say what to do.
/// </summary>
internal static class Failures
{
    public static T Translate<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is TrustException or EnvelopeException)
        {
            throw Of(e);
        }
    }

    public static VantageException Of(Exception e) => new(CodeOf(e), e.Message, null, e);

    private static string CodeOf(Exception e) => e switch
    {
        CertificateException { Fault: CertificateFault.OrganizationNotPinned or CertificateFault.RootNotPinned } =>
            ClientErrorCodes.RootNotPinned,
        CertificateException { Fault: CertificateFault.CertificateRevoked } => ClientErrorCodes.KeyRevoked,
        CertificateException { Fault: CertificateFault.RevocationsOutdated } => ClientErrorCodes.RevocationsOutdated,
        CertificateException => ClientErrorCodes.CertificateUntrusted,
        ReceiptException => ClientErrorCodes.ReceiptUntrusted,
        CharterException charter => charter.Code,
        SignatureException => ClientErrorCodes.StatementUntrusted,
        EnvelopeException => ClientErrorCodes.PayloadUnreadable,
        _ => throw new ArgumentException("Not a failure of trust.", nameof(e)),
    };
}
