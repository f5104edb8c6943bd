using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys.Devices;

/// <summary>What the Coordinator says of a person's devices; a Coordinator of before several tells of one.</summary>
internal static class PublishedDevices
{
    public static IReadOnlyList<Device> Of(User user) => user.Devices
        ?? (user is { SigningCertificate: { } signing, EncryptionCertificate: { } encryption }
            ? [new Device(KeyOf(signing) ?? default, null, signing, encryption, user.CreatedAt)]
            : []);

    /// <summary>The two keys of a device; null for certificates that are none.</summary>
    public static (KeyId Signing, KeyId Encryption)? Pair(byte[]? signing, byte[]? encryption) =>
        signing is not null && encryption is not null && KeyOf(signing) is { } one && KeyOf(encryption) is { } other
            ? (one, other)
            : null;

    private static KeyId? KeyOf(byte[] certificate)
    {
        try
        {
            return Certificate.Parse(certificate).KeyId;
        }
        catch (CertificateException)
        {
            return null;
        }
    }
}
