namespace Vantage.Cli.Demo;

/// <summary>One folder for everything the demo makes, and the programs it started; both are gone when it is over.</summary>
internal sealed class DemoStage(bool keep) : IAsyncDisposable
{
    private readonly List<StagedProgram> programs = [];

    public string Folder { get; } = CreateFolder();

    public IReadOnlyList<StagedProgram> Programs => programs;

    public string Sub(params string[] names) => Path.Combine([Folder, .. names]);

    public StagedProgram Start(string program, IReadOnlyList<string> arguments)
    {
        var started = StagedProgram.Start(program, arguments, Sub($"{Path.GetFileName(program)}-{programs.Count}.log"));
        programs.Add(started);
        return started;
    }

    /// <summary>The nodes end before the Coordinator, as they would in order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (keep)
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

    private static string CreateFolder()
    {
        var folder = Directory.CreateTempSubdirectory("vantage-demo-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // As root, PostgreSQL runs as another account, which has to come through to its own folder.
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return folder;
    }
}
