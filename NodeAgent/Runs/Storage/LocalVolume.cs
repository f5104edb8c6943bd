namespace Vantage.NodeAgent.Runs.Storage;

/// <summary>The machine's own file system.</summary>
internal sealed class LocalVolume : IVolume
{
    public static LocalVolume Instance { get; } = new();

    public bool HasFile(string path) => File.Exists(path);

    public byte[] Read(string path) => File.ReadAllBytes(path);

    public Stream OpenRead(string path) =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public Stream Create(string path) => Durable.CreateFile(path);

    public Stream Open(string path) => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 0);

    public void Flush(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public void CreateFolder(string path) => Durable.CreateFolder(path);

    public void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    public IReadOnlyList<string> Folders(string path) => Directory.GetDirectories(path);

    public void FlushFolder(string path) => Durable.FlushFolder(path);

    public long FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
