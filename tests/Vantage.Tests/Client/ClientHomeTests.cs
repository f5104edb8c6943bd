using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Statements;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Client;

public sealed class ClientHomeTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Partner partner = new("North");

    private ClientHome Home => new(folder["home"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AProfile_IsReadAsItWasWritten_ByItsOwnerAlone()
    {
        var profile = Profile();

        Home.WriteProfile(profile);

        Assert.Equal(profile, Home.ReadProfile());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Home.ProfilePath));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Home.Directory));
        }
    }

    [Fact]
    public void AHomeWithoutLogin_SaysHowToLogIn()
    {
        var refusal = Assert.Throws<VantageException>(() => Home.ReadProfile());

        Assert.Equal(ClientErrorCodes.HomeInvalid, refusal.Code);
        Assert.Contains("vantage login", refusal.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"url\":\"https://a.example\"}")]
    public void ADamagedProfile_IsNamed(string text)
    {
        Home.WriteProfile(Profile());
        File.WriteAllText(Home.ProfilePath, text);

        var refusal = Assert.Throws<VantageException>(() => Home.ReadProfile());

        Assert.Contains(Home.ProfilePath, refusal.What, StringComparison.Ordinal);
    }

    [Fact]
    public void AProfileThatOthersMayRead_IsNotUsed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no mode bits.");
            return;
        }

        Home.WriteProfile(Profile());
        File.SetUnixFileMode(Home.ProfilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Equal(ClientErrorCodes.HomeInvalid, Assert.Throws<VantageException>(() => Home.ReadProfile()).Code);
    }

    [Fact]
    public void ARootKey_LiesUnderItsPassphraseOnly()
    {
        Home.WriteRoot(partner.Root, partner.RootKey, "correct horse battery");

        using var opened = Home.OpenRootKey("correct horse battery");

        Assert.Equal(partner.RootKey.KeyId, opened.KeyId);
        Assert.Contains("ENCRYPTED", File.ReadAllText(Path.Combine(Home.Directory, "keys", "root.key")),
            StringComparison.Ordinal);
        Assert.Equal(ClientErrorCodes.KeyUnusable, Assert.Throws<VantageException>(() =>
            Home.OpenRootKey("wrong")).Code);
    }

    [Fact]
    public void ARoot_IsNeverOverwritten()
    {
        Home.WriteRoot(partner.Root, partner.RootKey, "correct horse battery");
        var other = new Partner("North", partner.Id);

        Assert.Throws<VantageException>(() => Home.WriteRoot(other.Root, other.RootKey, "correct horse battery"));
        Assert.Throws<VantageException>(() => Home.InstallRoot(other.Root));
        Assert.Equal(partner.Root.Hash, Home.ReadRoot().Hash);
    }

    [Fact]
    public void Certificates_AreKeptOnlyIfTheyAreOfTheOwnKeysAndByTheOwnRoot()
    {
        var other = new Partner("North", partner.Id);
        Home.InstallRoot(partner.Root);
        Home.WriteUserKeys(partner.UserKey, partner.UserEncryptionKey);

        Assert.Equal(ClientErrorCodes.CertificateUntrusted,
            Assert.Throws<VantageException>(() =>
            Home.WriteUserCertificates(other.UserSigning, other.UserEncryption)).Code);
        Assert.Equal(ClientErrorCodes.CertificateUntrusted,
            Assert.Throws<VantageException>(() =>
            Home.WriteUserCertificates(partner.UserSigning, other.UserEncryption)).Code);
        Home.WriteUserCertificates(partner.UserSigning, partner.UserEncryption);
        Assert.True(Home.HasUserCertificates);
    }

    [Fact]
    public void NewKeys_KeepTheOldEncryptionKeyForOldResults_AndForgetTheOldCertificates()
    {
        Home.InstallRoot(partner.Root);
        Home.WriteUserKeys(partner.UserKey, partner.UserEncryptionKey);
        Home.WriteUserCertificates(partner.UserSigning, partner.UserEncryption);
        using var signing = SigningKey.Create();
        using var encryption = EncryptionKey.Create();

        Home.WriteUserKeys(signing, encryption);

        using var former = Home.OpenEncryptionKey(partner.UserEncryptionKey.KeyId);
        Assert.NotNull(former);
        Assert.False(Home.HasUserCertificates);
    }

    [Fact]
    public void Pins_AreReplacedByNewerOnesOfTheOwnRootOnly()
    {
        var other = new Partner("South");
        Home.InstallRoot(partner.Root);

        Home.InstallPins(PinsOf(partner, 2), Partner.Now);

        Assert.Equal(2, Home.ReadPins(Partner.Now).Statement.Serial);
        Assert.Equal(ClientErrorCodes.StatementUntrusted,
            Assert.Throws<VantageException>(() => Home.InstallPins(PinsOf(partner, 1), Partner.Now)).Code);
        Assert.Equal(ClientErrorCodes.RootNotPinned,
            Assert.Throws<VantageException>(() => Home.InstallPins(PinsOf(other, 3), Partner.Now)).Code);
        Assert.Equal(2, Home.ReadPins(Partner.Now).Statement.Serial);
    }

    [Fact]
    public void ACatalogueOfAPinnedPartner_IsNotOurs()
    {
        var other = new Partner("South");
        Home.InstallRoot(partner.Root);
        Home.InstallPins(PinsOf(partner, 1, other), Partner.Now);

        Assert.Throws<VantageException>(() => Home.InstallCatalogue(CatalogueOf(other), Partner.Now));
        Home.InstallCatalogue(CatalogueOf(partner), Partner.Now);
        Assert.Equal(partner.Id, Home.ReadCatalogue(Partner.Now).Issuer);
    }

    [Fact]
    public void WhatWasVerifiedOnce_StillCountsOnlyWhileTheRootIsValid()
    {
        var home = Home;
        home.InstallRoot(partner.Root);
        home.InstallPins(PinsOf(partner, 1), Partner.Now);
        home.InstallCatalogue(CatalogueOf(partner), Partner.Now);
        _ = (home.ReadPins(Partner.Now), home.ReadCatalogue(Partner.Now));

        var after = partner.Root.NotAfter.AddSeconds(1);

        Assert.Equal(ClientErrorCodes.CertificateUntrusted, Assert.Throws<VantageException>(() => home.ReadPins(after)).Code);
        Assert.Equal(ClientErrorCodes.CertificateUntrusted, Assert.Throws<VantageException>(() => home.ReadCatalogue(after)).Code);
        Assert.Equal(1, home.ReadPins(Partner.Now).Statement.Serial);
    }

    [Fact]
    public void WhatWasVerifiedOnce_IsVerifiedAnewWhenItsFileChanges()
    {
        var home = Home;
        var other = new Partner("South");
        home.InstallRoot(partner.Root);
        home.InstallPins(PinsOf(partner, 1), Partner.Now);
        home.InstallCatalogue(CatalogueOf(partner), Partner.Now);
        _ = (home.ReadPins(Partner.Now), home.ReadCatalogue(Partner.Now));

        File.WriteAllText(home.PinsPath, PinsOf(partner, 2));
        Assert.Equal(2, home.ReadPins(Partner.Now).Statement.Serial);
        File.WriteAllText(home.PinsPath, PinsOf(other, 3));
        File.WriteAllText(home.CataloguePath, CatalogueOf(other));
        Assert.Throws<VantageException>(() => home.ReadPins(Partner.Now));
        Assert.Throws<VantageException>(() => home.ReadCatalogue(Partner.Now));
        File.WriteAllText(home.PinsPath, PinsOf(partner, 2));
        File.WriteAllText(Path.Combine(home.Directory, "keys", "root.crt"), other.Root.ToPem());
        Assert.Throws<VantageException>(() => home.ReadPins(Partner.Now));
    }

    private static string PinsOf(Partner issuer, long serial, params Partner[] others) => Pins.Sign(new PinStatement
    {
        V = 1, Issuer = issuer.Id, Serial = serial, IssuedAt = Partner.Now,
        Roots = [.. others.Append(issuer).Select(p => new PinnedRootEntry(p.Id, p.Root.Name, p.Root.Der.ToArray()))],
    }, issuer.RootKey, issuer.Root);

    private static string CatalogueOf(Partner issuer) => Catalogue.Sign(
        new CatalogueStatement { V = 1, Issuer = issuer.Id, Serial = 1, IssuedAt = Partner.Now, Algorithms = [] },
        issuer.RootKey, CertificateChain.Of(issuer.Root));

    private static Profile Profile() => new()
    {
        Url = new Uri("https://vantage.example.org/"), Token = "vtg_x", User = UserId.New(TimeProvider.System),
        Name = "Ada",
        Proxy = new Uri("http://user:pa%40ss@proxy:3128"),
    };
}
