using System.Formats.Tar;
using System.Net;

namespace Vantage.NodeAgent.Runtimes.Docker.Staging;

/// <summary>
/// All files and folders below a folder as a tar archive, written while it is sent: readable by all, nobody's, with no
/// times of this machine. Links are left out.
/// </summary>
internal sealed class ShownArchive(string folder) : HttpContent
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        await writer.WriteEntryAsync(Entry(TarEntryType.Directory, "./", Enterable), cancellationToken);
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            await WriteAsync(writer, path, cancellationToken);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task WriteAsync(TarWriter writer, string path, CancellationToken cancellationToken)
    {
        var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        if (Directory.Exists(path))
        {
            await writer.WriteEntryAsync(Entry(TarEntryType.Directory, name + "/", Enterable), cancellationToken);
        }
        else if (!File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint))
        {
            var entry = Entry(TarEntryType.RegularFile, name, Readable);
            await using var content = File.OpenRead(path);
            entry.DataStream = content;
            await writer.WriteEntryAsync(entry, cancellationToken);
        }
    }

    private static PaxTarEntry Entry(TarEntryType type, string name, UnixFileMode mode) => new(type, name)
    {
        Mode = mode,
        ModificationTime = DateTimeOffset.UnixEpoch,
    };
}
