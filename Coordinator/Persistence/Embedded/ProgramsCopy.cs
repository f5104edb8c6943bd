namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>
/// A checkout under <c>/root</c> can't be entered by the account that PostgreSQL steps down to. Then the programs are
/// copied once to where it can.
/// </summary>
internal static class ProgramsCopy
{
    /// <summary>The folder itself if the account can run it, else a copy under <paramref name="place"/>.</summary>
    public static async Task<string> ReachableAsync(string programs, string place, ServerAccount account, CancellationToken cancellationToken)
    {
        if (!account.MustSwitch || await CanRunAsync(programs, account, cancellationToken))
            return programs;
        var copy = Path.Combine(place, $"programs-{Fingerprint(programs)}");
        if (!Directory.Exists(copy))
        {
            var partial = copy + ".new";
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            CopyFolder(programs, partial);
            Directory.Move(partial, copy);
        }

        return copy;
    }

    private static async Task<bool> CanRunAsync(string programs, ServerAccount account, CancellationToken cancellationToken)
    {
        var program = new ServerProgram(programs, account);
        return (await program.RunAsync(program.PathOf("postgres"), ["--version"], cancellationToken)).ExitCode == 0;
    }

    /// <summary>Another version has another size or time, and gets a copy of its own.</summary>
    private static string Fingerprint(string programs)
    {
        var server = new FileInfo(Path.Combine(programs, "bin", "postgres"));
        return $"{server.Length:x}-{server.LastWriteTimeUtc.Ticks:x}";
    }

    private static void CopyFolder(string from, string to)
    {
        UnixFiles.CreateDirectory(to, UnixFiles.PassThrough | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(target, link);
            else if (entry is DirectoryInfo folder)
                CopyFolder(folder.FullName, target);
            else
                CopyFile(entry.FullName, target);
        }
    }

    private static void CopyFile(string from, string to)
    {
        File.Copy(from, to);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(to, File.GetUnixFileMode(from) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }
}
