using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.Client;

public sealed class KeyProtectionTests : IDisposable
{
    private const string Words = "correct horse battery staple";
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ProtectedKeys_OpenWithThePassphraseOnly_AndSoDoThoseMadeLater()
    {
        var home = Home();
        using var signing = SigningKey.Create();
        using var encryption = EncryptionKey.Create();
        home.WriteUserKeys(signing, encryption);
        home.Protect(Words);
        home.MakeNextKeys();

        Assert.All(Directory.EnumerateFiles(Path.Combine(home.Directory, "keys"), "*.key", SearchOption.AllDirectories),
            file => Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal(ClientErrorCodes.KeyUnusable, Assert.Throws<VantageException>(() => Home().OpenUserKeys()).Code);
        Assert.Equal(ClientErrorCodes.KeyUnusable, Assert.Throws<VantageException>(() => Home("wrong words").OpenUserKeys()).Code);
        var (again, opener) = Home(Words).OpenUserKeys();
        Assert.Equal((signing.KeyId, encryption.KeyId), (again.KeyId, opener.KeyId));
        Assert.NotEqual(signing.KeyId, Home(Words).OpenNextKeys().Signing.KeyId);
    }

    [Fact]
    public void ThePassphrase_CanBeTakenOff()
    {
        var home = Home();
        using var signing = SigningKey.Create();
        using var encryption = EncryptionKey.Create();
        home.WriteUserKeys(signing, encryption);
        home.Protect(Words);

        Home(Words).Protect(null);

        Assert.Equal(signing.KeyId, Home().OpenUserKeys().Signing.KeyId);
        Assert.False(Home().IsProtected);
    }

    private ClientHome Home(string? words = null) => new(folder["home"]) { Passphrase = words is null ? null : () => words };
}
