using System.Globalization;
using Npgsql;

namespace Vantage.Benchmarks.Processes;

/// <summary>A real Coordinator process over its own PostgreSQL (fsync on), with a disposable data directory.</summary>
internal sealed class RunningCoordinator : IAsyncDisposable
{
    private readonly string data;
    private readonly string[] arguments;
    private ServerProcess process;

    private RunningCoordinator(string data, string[] arguments, ServerProcess process) =>
        (this.data, this.arguments, this.process) = (data, arguments, process);

    public Uri Url => process.Url;

    public int Id => process.Id;

    public TimeSpan StartedWithin => process.StartedWithin;

    public string AdminToken => File.ReadAllText(Path.Combine(data, "admin.token")).Trim();

    public string Log => data + ".log";

    /// <summary>The server's superuser: for baselines in the same server, and for seeding what would take hours to happen.</summary>
    public string Superuser => new NpgsqlConnectionStringBuilder
    {
        Host = Setting("unix_socket_directories"),
        Username = "postgres",
        Password = File.ReadAllText(Path.Combine(data, "database.secret")).Trim(),
        Database = "vantage",
        MaxPoolSize = 40,
        MaxAutoPrepare = 50,
        AutoPrepareMinUsages = 2,
        CommandTimeout = 300,
        NoResetOnClose = true,
    }.ConnectionString;

    public static async Task<RunningCoordinator> StartAsync(BenchOptions options, string name)
    {
        Directory.CreateDirectory(options.Data);
        var folder = Path.Combine(options.Data, name);
        // Nobody is to be slowed down by a limit that an operator would raise for this load.
        var limits = Path.Combine(options.Data, "limits.json");
        await File.WriteAllTextAsync(limits, """{ "requestsPerSecond": 1000000, "anonymousPerMinute": 1000000 }""");
        string[] words = ["run", "--data", folder, "--urls", $"http://127.0.0.1:{Programs.FreePort()}", "--limits", limits, "--json"];
        return new RunningCoordinator(folder, words, await ServerProcess.StartAsync(Programs.Coordinator, words, folder + ".log"));
    }

    /// <summary>Stops it and starts it again at the same address with the same data.</summary>
    public async Task<TimeSpan> RestartAsync()
    {
        await StopAsync();
        return await StartAgainAsync();
    }

    public Task StopAsync() => process.StopAsync();

    public async Task<TimeSpan> StartAgainAsync()
    {
        await process.DisposeAsync();
        process = await ServerProcess.StartAsync(Programs.Coordinator, arguments, Log);
        return process.StartedWithin;
    }

    public ProcessorTime ProcessorTime() => Processes.ProcessorTime.Of(Id, Postmaster());

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private int Postmaster()
    {
        var file = Path.Combine(data, "database", "cluster", "postmaster.pid");
        return File.Exists(file) ? int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture) : 0;
    }

    private string Setting(string name) => File
        .ReadLines(Path.Combine(data, "database", "cluster", "postgresql.conf"))
        .First(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split('\'')[1];
}
