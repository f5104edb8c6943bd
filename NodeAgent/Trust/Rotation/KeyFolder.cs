using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Trust.Rotation;

/// <summary>A pair of keys with their certificates, as they lie in one folder.</summary>
internal sealed record KeyFolder(string Folder)
{
    public string SigningKey => Path.Combine(Folder, "signing.pem");

    public string EncryptionKey => Path.Combine(Folder, "encryption.pem");

    public string SigningCertificate => Path.Combine(Folder, "signing.crt");

    public string EncryptionCertificate => Path.Combine(Folder, "encryption.crt");

    /// <summary>Last: whoever finds it finds all the others.</summary>
    public string Complete => Path.Combine(Folder, "complete");

    public bool HasKeys => File.Exists(SigningKey) && File.Exists(EncryptionKey);

    /// <param name="secret">What the files are under, if anything.</param>
    public NodeKeys LoadKeys(string? secret = null) =>
        new(KeyFile.LoadSigningKey(SigningKey, secret), KeyFile.LoadEncryptionKey(EncryptionKey, secret));

    /// <summary>Writes both keys again, under another secret or none.</summary>
    public void Protect(NodeKeys keys, string? secret)
    {
        KeyFile.Save(SigningKey, keys.Signing, secret);
        KeyFile.Save(EncryptionKey, keys.Encryption, secret);
    }

    /// <summary>Each file whole or not at all; the signing key last.</summary>
    public void CopyTo(KeyFolder target)
    {
        foreach (var (from, to) in new[]
        {
            (EncryptionKey, target.EncryptionKey), (EncryptionCertificate, target.EncryptionCertificate),
            (SigningCertificate, target.SigningCertificate), (SigningKey, target.SigningKey),
        })
        {
            KeyFile.Save(to, File.ReadAllText(from));
        }
    }
}
