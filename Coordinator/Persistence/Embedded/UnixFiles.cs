using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>What .NET lacks about files on Unix: giving them to another account, flushing folders, and writing out early.</summary>
internal static partial class UnixFiles
{
    /// <summary>SYNC_FILE_RANGE_WRITE.</summary>
    private const uint BeginWritingOut = 2;

    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Others may pass through, yet not look around.</summary>
    public const UnixFileMode PassThrough = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public const UnixFileMode SecretFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Give(string path, ServerAccount account)
    {
        if (account.MustSwitch && ChangeOwner(path, account.UserId, account.GroupId) != 0)
        {
            throw new IOException($"{path} could not be given to the account '{account.Name}': {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    /// <summary>A directory that only <paramref name="account"/> may enter.</summary>
    public static void CreatePrivateDirectory(string path, ServerAccount account)
    {
        CreateDirectory(path, OwnerOnly);
        Give(path, account);
    }

    public static void CreateDirectory(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // The mode given at creation is cut by the umask.
        Directory.CreateDirectory(path, mode);
        File.SetUnixFileMode(path, mode);
    }

    /// <summary>Writes a file that nobody else could have read at any moment, and that is whole or not there.</summary>
    public static void WriteSecret(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.WriteThrough };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = SecretFile;
        var partial = path + ".new";
        File.Delete(partial);
        using (var stream = new FileStream(partial, options))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        // A database whose password was forgotten by a power cut would be lost with it.
        File.Move(partial, path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>A rename survives a power cut only once its folder is on the disk. Windows journals folders by itself.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(path, 0);
        var failed = handle < 0 || Flush(handle) != 0 ? Marshal.GetLastPInvokeErrorMessage() : null;
        if (handle >= 0)
            _ = Close(handle);
        if (failed is not null)
            throw new IOException($"The folder {path} can't be flushed to disk: {failed}.");
    }

    /// <summary>Asks the kernel to begin writing these bytes out, and does not wait: a later flush finds less to do.</summary>
    public static void BeginWriting(SafeFileHandle file, long offset, long count)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SyncFileRange(file, offset, count, BeginWritingOut);
        }
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long count, uint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
