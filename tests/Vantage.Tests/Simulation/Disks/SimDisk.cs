using Vantage.NodeAgent.Runs.Storage;

namespace Vantage.Tests.Simulation.Disks;

/// <summary>
/// A disk in memory with the promises of a real one and no more: bytes last once they were flushed, names once their folder
/// was. Until then a power cut keeps some of them; of a folder's changes it keeps the first so many.
/// </summary>
internal sealed class SimDisk(Random random) : IVolume
{
    private readonly Dictionary<string, SimFile> files = [];
    private readonly HashSet<string> folders = [];
    private readonly Dictionary<string, SimFile> lastingFiles = [];
    private readonly HashSet<string> lastingFolders = [];
    private readonly List<Change> pending = [];

    /// <summary>Asked before each thing that changes the disk; returns how many of the bytes it takes.</summary>
    public Func<DiskAct, int, int>? Fault { get; set; }

    /// <summary>A disk that says it flushed, and did not.</summary>
    public bool LiesAboutFlushing { get; init; }

    public bool HasFile(string path) => files.ContainsKey(path);

    public byte[] Read(string path) => Find(path).Bytes.ToArray();

    public Stream OpenRead(string path) => new SimStream(this, Find(path), writes: false);

    public Stream Open(string path) => new SimStream(this, Find(path), writes: true);

    public Stream Create(string path)
    {
        Try(DiskAct.Create);
        if (!folders.Contains(FolderOf(path)))
        {
            throw new DirectoryNotFoundException($"There is no folder {FolderOf(path)}.");
        }

        var file = new SimFile();
        Change(new Change(path, file));
        return new SimStream(this, file, writes: true);
    }

    public void Flush(Stream file)
    {
        Try(DiskAct.Flush);
        if (!LiesAboutFlushing)
        {
            ((SimStream)file).File.Flush();
        }
    }

    public void Move(string from, string to)
    {
        Try(DiskAct.Move);
        var file = Find(from);
        Change(new Change(to, file, from));
    }

    public void Delete(string path)
    {
        if (files.ContainsKey(path))
        {
            Change(new Change(path, null));
        }
    }

    public void CreateFolder(string path)
    {
        Try(DiskAct.Create);
        for (var at = path; !folders.Contains(at) && at.Length > 1; at = FolderOf(at))
        {
            Change(new Change(at, null, IsFolder: true, Made: true));
        }

        FlushFolder(FolderOf(path));
    }

    public void DeleteFolder(string path)
    {
        if (folders.Contains(path))
        {
            Change(new Change(path, null, IsFolder: true));
        }
    }

    public IReadOnlyList<string> Folders(string path) =>
        [.. folders.Where(folder => FolderOf(folder) == path).Order(StringComparer.Ordinal)];

    public void FlushFolder(string path)
    {
        Try(DiskAct.FlushFolder);
        if (LiesAboutFlushing)
        {
            return;
        }

        foreach (var change in pending.Where(change => FolderOf(change.Path) == path))
        {
            change.Apply(lastingFiles, lastingFolders);
        }

        pending.RemoveAll(change => FolderOf(change.Path) == path);
    }

    public long FreeBytes(string path) => long.MaxValue;

    /// <summary>Only what was flushed is certain to be there afterwards.</summary>
    public void CutPower()
    {
        foreach (var folder in pending.GroupBy(change => FolderOf(change.Path)).ToList())
        {
            foreach (var change in folder.Take(random.Next(folder.Count() + 1)))
            {
                change.Apply(lastingFiles, lastingFolders);
            }
        }

        pending.Clear();
        files.Clear();
        folders.Clear();
        foreach (var (path, file) in lastingFiles)
        {
            file.Tear(random);
            files[path] = file;
        }

        folders.UnionWith(lastingFolders);
    }

    public IReadOnlyList<string> Files => [.. files.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Another disk with the same on it, all of it flushed.</summary>
    public SimDisk Copy()
    {
        var copy = new SimDisk(random);
        copy.folders.UnionWith(folders);
        foreach (var path in files.Keys)
        {
            copy.Put(path, Read(path));
        }

        copy.lastingFolders.UnionWith(folders);
        return copy;
    }

    /// <summary>What no program did: the disk now has this there.</summary>
    public void Put(string path, byte[] content)
    {
        var file = new SimFile();
        file.Write(0, content);
        file.Flush();
        (files[path], lastingFiles[path]) = (file, file);
    }

    internal int Admit(int bytes) => Fault?.Invoke(DiskAct.Write, bytes) ?? bytes;

    private void Try(DiskAct act)
    {
        if (Fault?.Invoke(act, 1) == 0)
        {
            throw new IOException($"The simulated disk refuses: {act}.");
        }
    }

    private void Change(Change change)
    {
        change.Apply(files, folders);
        pending.Add(change);
    }

    private SimFile Find(string path) =>
        files.GetValueOrDefault(path) ?? throw new FileNotFoundException($"There is no file {path}.", path);

    private static string FolderOf(string path) => path[..Math.Max(1, path.LastIndexOf('/'))];
}
