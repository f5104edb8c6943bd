using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Custody;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;

namespace Vantage.Tests.Protocol.Custody;

public sealed class KeyBackupTests
{
    private readonly Partner owner = new();
    private readonly Partner[] custodians = [new("One"), new("Two"), new("Three")];
    private readonly EncryptionKey recovery = EncryptionKey.Create();
    private readonly BackupContent content;

    public KeyBackupTests() => content = new BackupContent
    {
        V = 1,
        Signing = owner.UserKey.ToPem(),
        Encryption = [owner.UserEncryptionKey.ToPem()],
    };

    [Fact]
    public void Two_of_three_custodians_give_the_keys_back_and_one_does_not()
    {
        var backup = KeyBackup.Verify(Make(), owner.Trust);

        Assert.Equal(content.Signing, KeyBackup.Open(backup, [Release(backup, 0), Release(backup, 2)], recovery).Signing);
        Assert.Equal(content.Encryption, KeyBackup.Open(backup, [Release(backup, 1), Release(backup, 2), Release(backup, 0)], recovery).Encryption);
        Assert.Throws<EnvelopeException>(() => KeyBackup.Open(backup, [Release(backup, 1)], recovery));
        Assert.Throws<EnvelopeException>(() => KeyBackup.Open(backup, [Release(backup, 1), Release(backup, 1)], recovery));
    }

    [Fact]
    public void A_share_opens_for_its_custodian_only_and_a_released_one_for_the_owner_only()
    {
        var backup = KeyBackup.Verify(Make(), owner.Trust);
        var share = backup.Value.Shares[0];

        Assert.Throws<EnvelopeException>(() => KeyBackup.Release(backup, share, custodians[1].UserEncryptionKey, recovery.PublicKey));
        Assert.Throws<EnvelopeException>(() => KeyBackup.Open(backup, [Release(backup, 0), Release(backup, 1)], EncryptionKey.Create()));
    }

    [Fact]
    public void A_share_of_another_backup_counts_for_nothing_and_a_wrong_one_is_noticed()
    {
        var backup = KeyBackup.Verify(Make(), owner.Trust);
        var other = KeyBackup.Verify(Make(), owner.Trust);

        Assert.Throws<EnvelopeException>(() => KeyBackup.Open(backup, [Release(backup, 0), Release(other, 1)], recovery));
        Assert.Throws<EnvelopeException>(() =>
            KeyBackup.Open(backup, [Release(backup, 0), Release(backup, 1) with { X = 3 }], recovery));
    }

    [Fact]
    public void A_backup_is_signed_by_whose_keys_it_holds()
    {
        var b = custodians[0];
        var forged = KeyBackup.Sign(Statement() with { Principal = "root" }, owner.UserKey, owner.UserChain);

        Assert.Equal(SignatureFault.WrongSigner, Assert.Throws<SignatureException>(() => KeyBackup.Verify(forged, owner.Trust)).Fault);
        Assert.ThrowsAny<TrustException>(() => KeyBackup.Verify(KeyBackup.Sign(Statement(), b.UserKey, b.UserChain), b.Trust));
    }

    private BackupStatement Statement() => KeyBackup.Create(content, owner.UserSigning.Identity,
        [.. custodians.Select(c => c.UserEncryption)], 2, Partner.Now, RandomNumberGenerator.Create());

    private string Make() => KeyBackup.Sign(Statement(), owner.UserKey, owner.UserChain);

    private ReleasedShare Release(Verified<BackupStatement> backup, int custodian) =>
        KeyBackup.Release(backup, backup.Value.Shares[custodian], custodians[custodian].UserEncryptionKey, recovery.PublicKey);
}
