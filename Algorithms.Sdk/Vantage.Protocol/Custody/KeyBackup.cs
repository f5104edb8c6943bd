using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Custody;

/// <summary>Makes backups of keys, lets custodians release their shares, and opens a backup with enough of them.</summary>
public static class KeyBackup
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <param name="content">The keys.</param>
    /// <param name="owner">Whose they are: the signer of the backup.</param>
    /// <param name="custodians">Certificates of encryption keys; one share each.</param>
    /// <param name="threshold">How many of them it takes.</param>
    /// <param name="now">The instant of the backup.</param>
    /// <param name="random">For key, nonce and shares.</param>
    public static BackupStatement Create(BackupContent content, Identity owner, IReadOnlyList<Certificate> custodians, int threshold,
        DateTimeOffset now, RandomNumberGenerator random)
    {
        var key = new byte[KeySize];
        var nonce = new byte[NonceSize];
        random.GetBytes(key);
        random.GetBytes(nonce);
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(content, SignedJson.Default.BackupContent);
        try
        {
            var ciphertext = new byte[plaintext.Length + TagSize];
            using (var aes = new AesGcm(key, TagSize))
                aes.Encrypt(nonce, plaintext, ciphertext.AsSpan(0, plaintext.Length), ciphertext.AsSpan(plaintext.Length), ContentInfo(owner));
            var shares = SecretSharing.Split(key, threshold, custodians.Count, random);
            return new BackupStatement
            {
                V = 1,
                Organization = owner.Organization,
                Principal = owner.Principal.ToString()!,
                CreatedAt = now,
                Threshold = threshold,
                Nonce = nonce,
                Ciphertext = ciphertext,
                Shares = [.. shares.Zip(custodians, (share, custodian) => Seal(share, custodian, owner, threshold))],
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    public static string Sign(BackupStatement statement, SigningKey key, CertificateChain chain) =>
        SignedDocument.Sign(statement, BackupStatement.JwsType, SignedJson.Default.BackupStatement, key, chain);

    /// <summary>Throws <see cref="TrustException"/> unless its owner signed it, whose key counted when the backup was made.</summary>
    public static Verified<BackupStatement> Verify(string jws, ITrust trust)
    {
        var made = SignedDocument.ReadUnverified(jws, SignedJson.Default.BackupStatement).CreatedAt;
        var verified = SignedDocument.Verify(jws, BackupStatement.JwsType, SignedJson.Default.BackupStatement, trust, made);
        var backup = verified.Value;
        if (backup.V != 1 || backup.Nonce.Length != NonceSize || backup.Ciphertext.Length <= TagSize || backup.Threshold < 2
            || backup.Threshold > backup.Shares.Count || backup.Shares.Count > SecretSharing.MostShares
            || backup.Shares.Any(s => s.X is < 1 or > SecretSharing.MostShares || s.Enc.Length != Hpke.EncapsulatedSize || s.Enc.Length + s.Wrapped.Length != FileKeyWrap.Size)
            || backup.Shares.DistinctBy(s => s.X).Count() != backup.Shares.Count)
        {
            throw new SignatureException(SignatureFault.ContentInvalid, "The backup is not well formed.");
        }

        return verified.Signer.Principal is Principal.Root or Principal.User
            && verified.Signer.Organization == backup.Organization && verified.Signer.Principal.ToString() == backup.Principal
            ? verified
            : throw new SignatureException(SignatureFault.WrongSigner,
                $"The backup of {backup.Principal} of {backup.Organization} is signed by {verified.Signer.Identity}.");
    }

    /// <summary>A custodian's part: unwraps the share and wraps it for the key with which its owner recovers.</summary>
    public static ReleasedShare Release(Verified<BackupStatement> backup, CustodianShare share, EncryptionKey custodian,
        EncryptionPublicKey owner)
    {
        var y = FileKeyWrap.UnwrapOrRefuse([.. share.Enc, .. share.Wrapped], custodian,
            ShareInfo(IdentityOf(backup.Value), backup.Value.Threshold, share.X, share.Key));
        var wrapped = new byte[FileKeyWrap.Size];
        FileKeyWrap.Wrap(y, owner, ReleaseInfo(backup.OfJws, share.X, owner.KeyId), wrapped);
        CryptographicOperations.ZeroMemory(y);
        return new ReleasedShare(1, backup.OfJws, share.X, owner.KeyId,
            wrapped[..Hpke.EncapsulatedSize], wrapped[Hpke.EncapsulatedSize..]);
    }

    /// <summary>
    /// Throws <see cref="EnvelopeException"/> for a share that does not open, or shares that do not give the backup's key.
    /// </summary>
    public static BackupContent Open(Verified<BackupStatement> backup, IReadOnlyList<ReleasedShare> released, EncryptionKey owner)
    {
        var places = backup.Value.Shares.Select(share => share.X).ToHashSet();
        var shares = released.Where(r => r.Backup == backup.OfJws && places.Contains(r.X)).DistinctBy(r => r.X)
            .Select(r => new SecretShare((byte)r.X, FileKeyWrap.UnwrapOrRefuse([.. r.Enc, .. r.Wrapped], owner,
                ReleaseInfo(r.Backup, r.X, r.Key)))).ToList();
        var statement = backup.Value;
        if (shares.Count < statement.Threshold)
            throw new EnvelopeException(EnvelopeFault.KeyNotUnwrapped);
        var key = SecretSharing.Combine(shares);
        var plaintext = new byte[statement.Ciphertext.Length - TagSize];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(statement.Nonce, statement.Ciphertext.AsSpan(0, plaintext.Length), statement.Ciphertext.AsSpan(plaintext.Length),
                plaintext, ContentInfo(IdentityOf(statement)));
            return ExactJson.Read(plaintext, SignedJson.Default.BackupContent);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            throw new EnvelopeException(EnvelopeFault.KeyNotUnwrapped, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    private static CustodianShare Seal(SecretShare share, Certificate custodian, Identity owner, int threshold)
    {
        var wrapped = new byte[FileKeyWrap.Size];
        FileKeyWrap.Wrap(share.Y, custodian.EncryptionKey, ShareInfo(owner, threshold, share.X, custodian.KeyId), wrapped);
        return new CustodianShare(custodian.Identity.Organization, custodian.Identity.Principal.ToString()!, custodian.KeyId, share.X,
            wrapped[..Hpke.EncapsulatedSize], wrapped[Hpke.EncapsulatedSize..]);
    }

    private static Identity IdentityOf(BackupStatement backup) => Principal.TryParse(backup.Principal, out var principal)
        ? new Identity(backup.Organization, principal,
            principal is Principal.Root ? CertificatePurpose.Root : CertificatePurpose.Signing)
        : throw new SignatureException(SignatureFault.ContentInvalid, "The backup is of nobody.");

    private static byte[] ContentInfo(Identity owner) =>
        Encoding.UTF8.GetBytes($"vantage-key-backup-v1\norganization={owner.Organization}\nprincipal={owner.Principal}\n");

    private static byte[] ShareInfo(Identity owner, int threshold, int x, KeyId custodian) => Encoding.UTF8.GetBytes(
        $"vantage-key-share-v1\norganization={owner.Organization}\nprincipal={owner.Principal}\nthreshold={threshold}\nx={x}\nkey={custodian}\n");

    private static byte[] ReleaseInfo(Digest backup, int x, KeyId owner) =>
        Encoding.UTF8.GetBytes($"vantage-key-release-v1\nbackup={backup}\nx={x}\nkey={owner}\n");
}
