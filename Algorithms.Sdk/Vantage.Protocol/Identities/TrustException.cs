using System.Security.Cryptography;

namespace Vantage.Protocol.Identities;

/// <summary>Something signed that is not believed: see <see cref="CertificateException"/> and its siblings.</summary>
public abstract class TrustException(string message, Exception? innerException)
    : CryptographicException(message, innerException)
{
    /// <summary>Stable, in kebab-case.</summary>
    public abstract string Code { get; }
}
