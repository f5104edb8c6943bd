namespace Vantage.NodeAgent.Gateway;

/// <summary>
/// Where a run's Gateway listens: a folder of its own that only this account can enter. It lies in the system's temporary
/// folder since a Unix socket's path has room for about a hundred bytes and a node's own folders may be deeper.
/// </summary>
internal sealed class RunSocket : IDisposable
{
    private const int LongestPath = 100;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-");

    public RunSocket()
    {
        Path = System.IO.Path.Combine(folder.FullName, "g");
        if (System.Text.Encoding.UTF8.GetByteCount(Path) > LongestPath)
        {
            Dispose();
            throw new IOException($"The temporary folder's path is too long for a socket in it ({Path}): set TMPDIR to a shorter one.");
        }
    }

    public string Folder => folder.FullName;

    public string Path { get; }

    public void Dispose()
    {
        if (Directory.Exists(folder.FullName))
        {
            folder.Delete(recursive: true);
        }
    }
}
