namespace Vantage.Cli.Federations;

/// <summary>
/// One folder for everything that a federation on this machine makes, and the programs that it started. Both are gone at
/// the end unless they are to be kept.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly Lock guard = new();
    private readonly List<StagedProgram> programs = [];

    private Stage(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Leave programs and folder to whoever comes after this process.</summary>
    public bool Keep { get; set; }

    /// <summary>Hears of each program at once, so that it can be found again whatever happens to this process.</summary>
    public Action<string, StagedProgram>? Started { get; init; }

    public IReadOnlyList<StagedProgram> Programs => programs;

    /// <summary>In the system's temporary folder.</summary>
    public static Stage Temporary(string prefix) => In(Directory.CreateTempSubdirectory(prefix).FullName);

    /// <summary>In a folder that is there already.</summary>
    public static Stage In(string folder, Action<string, StagedProgram>? started = null)
    {
        if (!OperatingSystem.IsWindows())
        {
            // As root, PostgreSQL runs as another account, which has to come through to its own folder.
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        // What programs put into the temporary folder is gone with the rest, even if one of them was killed.
        Directory.CreateDirectory(Path.Combine(folder, "tmp"));
        return new(folder) { Started = started };
    }

    public string Sub(params string[] names) => Path.Combine([Folder, .. names]);

    /// <param name="role">What it is to people: the name of its log, too.</param>
    /// <param name="program">The executable.</param>
    /// <param name="arguments">Its arguments.</param>
    public StagedProgram Start(string role, string program, IReadOnlyList<string> arguments)
    {
        lock (guard)
        {
            var started = StagedProgram.Start(program, arguments, Sub($"{role}.log"), Sub("tmp"));
            programs.Add(started);
            Started?.Invoke(role, started);
            return started;
        }
    }

    /// <summary>The nodes end before the Coordinator, as they would in order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Keep)
        {
            return;
        }

        await Task.WhenAll(programs.Skip(1).Select(program => program.StopAsync()));
        foreach (var program in programs)
        {
            await program.StopAsync();
            program.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
