using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Trust.Rotation;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Trust;

/// <summary>A change of keys is interrupted anywhere; the next start has whole keys, and the old ones beside them.</summary>
public sealed class KeySwitchTests : IDisposable
{
    private readonly Partner partner = new();
    private readonly NodeHome home = NodeHome.At(Directory.CreateTempSubdirectory("vantage-switch-").FullName);
    private readonly KeyFolder today;
    private readonly KeyFolder next;

    public KeySwitchTests()
    {
        (today, next) = (new KeyFolder(home.Keys), new KeyFolder(home.NextKeys));
        Write(today, partner.NodeKey, partner.NodeEncryptionKey);
        Directory.CreateDirectory(home.FormerKeys);
    }

    public void Dispose() => Directory.Delete(home.Root, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void An_interrupted_change_is_finished_by_the_next_start(int copied)
    {
        using var signing = SigningKey.Create();
        using var encryption = EncryptionKey.Create();
        Write(next, signing, encryption);
        KeyFile.Save(next.Complete, Partner.Now.ToString("O"));
        if (copied > 0)
        {
            KeySwitch.Finish(home);
            Write(next, signing, encryption);
            KeyFile.Save(next.Complete, Partner.Now.ToString("O"));
            // As if only so many files had been put in their places.
            Undo(today.SigningKey, partner.NodeKey.ToPem(), copied < 4);
            Undo(today.SigningCertificate, partner.NodeSigning.ToPem(), copied < 3);
            Undo(today.EncryptionCertificate, partner.NodeEncryption.ToPem(), copied < 2);
        }

        KeySwitch.Finish(home);

        var keys = today.LoadKeys();
        Assert.Equal((signing.KeyId, encryption.KeyId), (keys.Signing.KeyId, keys.Encryption.KeyId));
        Assert.Equal(signing.KeyId, Certificate.FromPem(File.ReadAllText(today.SigningCertificate)).KeyId);
        Assert.False(Directory.Exists(home.NextKeys));
        var former = Assert.Single(FormerNodeKeys.Load(home, partner.Root, Partner.Now));
        Assert.Equal((partner.NodeKey.KeyId, partner.NodeEncryptionKey.KeyId), (former.SigningKey.KeyId, former.EncryptionKey.KeyId));
    }

    [Fact]
    public void Keys_that_are_not_certified_yet_change_nothing()
    {
        KeySwitch.LoadOrCreateNext(home);

        KeySwitch.Finish(home);

        Assert.Equal(partner.NodeKey.KeyId, today.LoadKeys().Signing.KeyId);
        Assert.NotNull(KeySwitch.FindNext(home));
    }

    [Fact]
    public void Keys_of_before_are_kept_as_long_as_a_question_can_be_open_and_then_removed()
    {
        using var signing = SigningKey.Create();
        using var encryption = EncryptionKey.Create();
        Write(next, signing, encryption);
        KeyFile.Save(next.Complete, Partner.Now.ToString("O"));
        KeySwitch.Finish(home);

        Assert.Single(FormerNodeKeys.Load(home, partner.Root, Partner.Now.AddDays(400)));
        Assert.Empty(FormerNodeKeys.Load(home, partner.Root, Partner.Now.AddDays(401)));
        Assert.Empty(Directory.EnumerateDirectories(home.FormerKeys));
    }

    private void Write(KeyFolder folder, SigningKey signing, EncryptionKey encryption)
    {
        KeyFile.Save(folder.SigningKey, signing);
        KeyFile.Save(folder.EncryptionKey, encryption);
        KeyFile.Save(folder.SigningCertificate, Certified(signing).ToPem());
        KeyFile.Save(folder.EncryptionCertificate,
            partner.Certify(encryption, Identity.Of(partner.Id, partner.Node, CertificatePurpose.Encryption)).ToPem());
    }

    private Certificate Certified(SigningKey key) => partner.Certify(key, Identity.Of(partner.Id, partner.Node, CertificatePurpose.Signing));

    private static void Undo(string path, string content, bool isOld)
    {
        if (isOld)
        {
            KeyFile.Save(path, content);
        }
    }
}
