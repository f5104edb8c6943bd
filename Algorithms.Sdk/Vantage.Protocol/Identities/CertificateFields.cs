namespace Vantage.Protocol.Identities;

/// <summary>What is read from a certificate's DER.</summary>
internal sealed record CertificateFields(
    byte[] ToBeSigned,
    byte[] Signature,
    string SerialNumber,
    byte[] Issuer,
    byte[] Subject,
    string CommonName,
    Identity Identity,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    byte[] SubjectPublicKeyInfo);
