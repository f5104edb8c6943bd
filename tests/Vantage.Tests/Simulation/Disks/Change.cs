namespace Vantage.Tests.Simulation.Disks;

/// <summary>What a node may do to its disk, and a fault may keep it from.</summary>
internal enum DiskAct
{
    Create,
    Write,
    Flush,
    Move,
    FlushFolder,
}

/// <summary>A change of names, which lasts once the folder was flushed.</summary>
/// <param name="File">Null removes.</param>
/// <param name="From">The name it had before.</param>
internal sealed record Change(string Path, SimFile? File, string? From = null, bool IsFolder = false, bool Made = false)
{
    public void Apply(Dictionary<string, SimFile> files, HashSet<string> folders)
    {
        if (IsFolder && Made)
        {
            folders.Add(Path);
        }
        else if (IsFolder)
        {
            var inside = Path + "/";
            folders.RemoveWhere(folder => folder == Path || folder.StartsWith(inside, StringComparison.Ordinal));
            foreach (var file in files.Keys.Where(file => file.StartsWith(inside, StringComparison.Ordinal)).ToList())
            {
                files.Remove(file);
            }
        }
        else if (File is null)
        {
            files.Remove(Path);
        }
        else
        {
            files[Path] = File;
            if (From is not null)
            {
                files.Remove(From);
            }
        }
    }
}
