namespace Vantage.Protocol.Cryptography;

/// <summary>RFC 9180 §7.3. Envelopes use AES-256-GCM; AES-128-GCM is here because the RFC's own vectors use it.</summary>
public enum HpkeAead : ushort
{
    Aes128Gcm = 0x0001,
    Aes256Gcm = 0x0002,
}
