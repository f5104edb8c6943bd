using Vantage.NodeAgent.Runs.Storage;

namespace Vantage.NodeAgent.Vantage6;

/// <summary>What lies where for a run of vantage6's contract. Names are fixed but for the data's labels, which are names.</summary>
/// <param name="Root">The run's own, closed to all other accounts.</param>
internal sealed record V4Folder(string Root)
{
    /// <summary>Where the image sees <see cref="Shown"/>.</summary>
    public const string ShownAt = "/mnt/data";

    public const string ScratchAt = "/mnt/tmp";

    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OpenToAll = ReadableByAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode WritableByAll = ReadableByAll | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>All that the image may read; the data lie in it.</summary>
    public string Shown => Path.Combine(Root, "shown");

    /// <summary>vantage6 numbers runs. Each sees its own folder only, so all have the same number.</summary>
    private string Task => Path.Combine(Shown, $"task-{V4World.Run:D9}");

    public string Input => Path.Combine(Task, "input");

    public string Token => Path.Combine(Task, "token");

    public string Context => Path.Combine(Task, "run_context.json");

    /// <summary>What the image writes, on this host. Only this file is mounted, over <see cref="OutputSeen"/>.</summary>
    public string Written => Path.Combine(Root, "written");

    public string OutputSeen => Seen(Placeholder);

    /// <summary>Where the node keeps what it takes out of <see cref="Written"/>.</summary>
    public string Output => Path.Combine(Root, "output");

    /// <summary>What the sites answered a central function.</summary>
    public string Answers => Path.Combine(Root, "answers");

    /// <summary>Holds the proxy's socket, which the door of the sandbox leads to, and nothing else.</summary>
    public string Door => Path.Combine(Root, "door");

    public string Log => Path.Combine(Root, "log.txt");

    private string Placeholder => Path.Combine(Task, "output");

    public void Create()
    {
        foreach (var folder in new[] { Shown, Task, Output, Answers, Door })
        {
            Durable.CreateFolder(folder);
        }

        foreach (var file in new[] { Written, Placeholder })
        {
            File.WriteAllBytes(file, []);
        }
    }

    /// <summary>A path below <see cref="Shown"/> as the image sees it.</summary>
    public string Seen(string path) => $"{ShownAt}/{Path.GetRelativePath(Shown, path).Replace(Path.DirectorySeparatorChar, '/')}";

    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var file = Durable.CreateFile(path);
        await file.WriteAsync(content, cancellationToken);
    }

    /// <summary>Lets the account that the image runs as read what is shown, and write to the one file.</summary>
    public void Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(Shown).Concat(Directory.EnumerateFiles(Task)))
        {
            File.SetUnixFileMode(file, ReadableByAll);
        }

        foreach (var folder in new[] { Task, Shown })
        {
            File.SetUnixFileMode(folder, OpenToAll | UnixFileMode.UserWrite);
        }

        File.SetUnixFileMode(Door, OpenToAll | UnixFileMode.UserWrite);
        File.SetUnixFileMode(Written, WritableByAll);
    }

    /// <summary>What was written, if it is what it was: one plain file.</summary>
    public FileStream? OpenWritten()
    {
        var file = new FileInfo(Written);
        return file is { Exists: true, LinkTarget: null, Length: > 0 } && !file.Attributes.HasFlag(FileAttributes.Directory)
            ? file.OpenRead()
            : null;
    }
}
