namespace Vantage.NodeAgent.Gateway;

/// <summary>
/// Where a run's Gateway listens: a folder of its own that only this account can enter. It lies in the system's temporary
/// folder since a Unix socket's path has room for about a hundred bytes and a node's own folders may be deeper.
/// </summary>
internal sealed class RunSocket : IDisposable
{
    private const int LongestPath = 100;
    private const string Prefix = "vtg-";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(Prefix);

    public RunSocket()
        : this(inside => System.IO.Path.Combine(inside, "g"))
    {
    }

    private RunSocket(Func<string, string> place)
    {
        Path = place(folder.FullName);
        if (System.Text.Encoding.UTF8.GetByteCount(Path) > LongestPath)
        {
            Dispose();
            throw new IOException($"The temporary folder's path is too long for a socket in it ({Path}): set TMPDIR to a shorter one.");
        }
    }

    public string Folder => folder.FullName;

    public string Path { get; }

    /// <summary>Whoever gets into the folder may call: it is shown to a container, where the run is another account.</summary>
    public bool IsForAll { get; private init; }

    /// <summary>
    /// A socket that really lies in <paramref name="shown"/>, where a container finds it. Only the way there is short: a
    /// link in the temporary folder, which the container's engine need not see.
    /// </summary>
    public static RunSocket Within(string shown, string name) => new(inside =>
    {
        var link = System.IO.Path.Combine(inside, "l");
        Directory.CreateSymbolicLink(link, shown);
        return System.IO.Path.Combine(link, name);
    }) { IsForAll = true };

    /// <summary>Removes what an earlier life of this node left; nothing that does not look like it.</summary>
    public static void RemoveLeft(string left)
    {
        var path = System.IO.Path.GetFullPath(left);
        if (System.IO.Path.GetDirectoryName(path) == System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetTempPath())
            && System.IO.Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal) && Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(folder.FullName))
        {
            folder.Delete(recursive: true);
        }
    }
}
