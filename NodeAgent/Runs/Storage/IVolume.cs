namespace Vantage.NodeAgent.Runs.Storage;

/// <summary>
/// The disk under the node's durable state, and all that this state asks of it. What was written counts once it was
/// flushed, and a name once its folder was. Failures are <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/>. The other implementation is the simulator's: it loses and tears whatever was
/// not flushed.
/// </summary>
internal interface IVolume
{
    bool HasFile(string path);

    /// <summary>The whole of a small file.</summary>
    byte[] Read(string path);

    Stream OpenRead(string path);

    /// <summary>A new, empty file for this program's account alone, in the place of an earlier one.</summary>
    Stream Create(string path);

    /// <summary>An existing file, to read and write.</summary>
    Stream Open(string path);

    /// <summary>Returns once what was written to this file of <see cref="Create"/> or <see cref="Open"/> is on the disk.</summary>
    void Flush(Stream file);

    /// <summary>Takes the place of a file of that name.</summary>
    void Move(string from, string to);

    /// <summary>Does nothing if there is none.</summary>
    void Delete(string path);

    /// <summary>A folder for this program's account alone, made if missing, its own name flushed.</summary>
    void CreateFolder(string path);

    /// <summary>With all that is in it. Does nothing if there is none.</summary>
    void DeleteFolder(string path);

    /// <summary>The folders in a folder.</summary>
    IReadOnlyList<string> Folders(string path);

    /// <summary>Returns once the folder's names are on the disk.</summary>
    void FlushFolder(string path);

    long FreeBytes(string path);
}

internal static class VolumeWrites
{
    /// <summary>Writes a file whole or not at all, and durably.</summary>
    public static async Task WriteAsync(
        this IVolume volume, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var draft = path + ".new";
        await using (var file = volume.Create(draft))
        {
            Failpoint.Write("file.torn", file, content.Span);
            await file.WriteAsync(content, cancellationToken);
            volume.Flush(file);
        }

        Failpoint.Pass("file.drafted");
        volume.Move(draft, path);
        Failpoint.Pass("file.renamed");
        volume.FlushFolder(Path.GetDirectoryName(path)!);
    }
}
