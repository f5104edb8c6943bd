using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.Protocol.Cryptography;

public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vantage-keys-");

    private string KeyPath => Path.Combine(folder.FullName, "signing.key");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_saved_key_is_its_owners_alone_and_loads_again()
    {
        using var key = SigningKey.Create();

        KeyFile.Save(KeyPath, key);
        using var loaded = KeyFile.LoadSigningKey(KeyPath);

        Assert.Equal(key.KeyId, loaded.KeyId);
        Assert.Equal([KeyPath], folder.GetFiles().Select(f => f.FullName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
    }

    [Fact]
    public void A_missing_folder_is_made_for_the_owner_alone()
    {
        var inner = Path.Combine(folder.FullName, "home", "keys");
        using var key = SigningKey.Create();

        KeyFile.Save(Path.Combine(inner, "signing.key"), key);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(inner));
        Assert.Contains("folder", Assert.Throws<KeyFileException>(() => KeyFile.Load(inner)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_again_replaces_the_key_as_a_whole()
    {
        using var first = EncryptionKey.Create();
        using var second = EncryptionKey.Create();

        KeyFile.Save(KeyPath, first);
        KeyFile.Save(KeyPath, second, "password");

        Assert.Equal(second.KeyId, KeyFile.LoadEncryptionKey(KeyPath, "password").KeyId);
        Assert.Contains("password", Assert.Throws<KeyFileException>(() => KeyFile.LoadEncryptionKey(KeyPath)).Message, StringComparison.Ordinal);
        Assert.Contains("right password", Assert.Throws<KeyFileException>(() => KeyFile.LoadEncryptionKey(KeyPath, "wrong")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_others_may_touch_is_refused_and_the_remedy_named(UnixFileMode open)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes; the folder's ACL protects keys there.");
            return;
        }

        using var key = SigningKey.Create();
        KeyFile.Save(KeyPath, key);
        File.SetUnixFileMode(KeyPath, File.GetUnixFileMode(KeyPath) | open);

        var refused = Assert.Throws<KeyFileException>(() => KeyFile.LoadSigningKey(KeyPath));

        Assert.Contains($"chmod 600 '{KeyPath}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_or_no_key_is_named_with_its_path()
    {
        KeyFile.Save(KeyPath, "not a key\n");

        Assert.Contains(KeyPath, Assert.Throws<KeyFileException>(() => KeyFile.LoadSigningKey(KeyPath)).Message, StringComparison.Ordinal);
        Assert.Contains(KeyPath + "2", Assert.Throws<KeyFileException>(() => KeyFile.Load(KeyPath + "2")).Message, StringComparison.Ordinal);
    }
}
