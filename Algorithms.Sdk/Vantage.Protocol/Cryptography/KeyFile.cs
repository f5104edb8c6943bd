using System.Security.Cryptography;
using System.Text;

namespace Vantage.Protocol.Cryptography;

/// <summary>Private keys on disk: written whole or not at all, readable by their owner alone.</summary>
public static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode ForOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static void Save(string path, SigningKey key, string? password = null) => Save(path, key.ToPem(password));

    public static void Save(string path, EncryptionKey key, string? password = null) => Save(path, key.ToPem(password));

    public static SigningKey LoadSigningKey(string path, string? password = null) =>
        Import(path, password, SigningKey.FromPem);

    public static EncryptionKey LoadEncryptionKey(string path, string? password = null) =>
        Import(path, password, EncryptionKey.FromPem);

    /// <summary>Whether the key in a file is under a password.</summary>
    public static bool IsEncrypted(string path) => KeyPem.IsEncrypted(Load(path));

    /// <summary>Writes a secret text with mode 0600. A crash leaves the old file or the new one, never half of one.</summary>
    public static void Save(string path, string secret)
    {
        var full = Path.GetFullPath(path);
        MakeFolder(Path.GetDirectoryName(full)!);
        var draft = $"{full}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        try
        {
            using (var file = new FileStream(draft, options))
            {
                file.Write(Encoding.UTF8.GetBytes(secret));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, full, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>Reads a secret text; on Unix refuses a file that anyone but its owner may read or write.</summary>
    public static string Load(string path)
    {
        if (!Path.Exists(path))
            throw new KeyFileException($"There is no key file {path}. 'vantage keys init' makes one; check --home or --dir.");
        using var file = OpenForReading(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ForOthers) != UnixFileMode.None)
        {
            throw new KeyFileException(
                $"The key file {path} is open to other users of this machine, so it is not used. "
                + $"Close it with: chmod 600 '{path}' — and replace the key if others may have read it.");
        }

        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>A folder for keys is its owner's alone; one that is there stays as it is.</summary>
    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static FileStream OpenForReading(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new KeyFileException(
                $"The key file {path} belongs to another user of this machine, or is a folder. Run as its owner, or check --home or --dir.", e);
        }
    }

    private static TKey Import<TKey>(string path, string? password, Func<string, string?, TKey> import)
    {
        var pem = Load(path);
        try
        {
            return import(pem, password);
        }
        catch (CryptographicException e)
        {
            var hint = password is null ? e.Message : "Is it the right password? " + e.Message;
            throw new KeyFileException($"The key file {path} can't be opened. {hint}", e);
        }
    }
}
