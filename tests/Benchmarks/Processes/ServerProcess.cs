using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Vantage.Benchmarks.Processes;

/// <summary>A server in a process of its own, which says when it is ready by one line of JSON with its url.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<int, byte> Running = new();
    private readonly Process process;

    private ServerProcess(Process process, Uri url, TimeSpan startedWithin) =>
        (this.process, Url, StartedWithin) = (process, url, startedWithin);

    public Uri Url { get; }

    public int Id => process.Id;

    /// <summary>From the start of the process to its being ready.</summary>
    public TimeSpan StartedWithin { get; }

    /// <param name="program">Which.</param>
    /// <param name="arguments">For it.</param>
    /// <param name="log">Where its standard error goes.</param>
    public static async Task<ServerProcess> StartAsync(string program, IEnumerable<string> arguments, string log)
    {
        var began = Stopwatch.GetTimestamp();
        var started = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Running.TryAdd(started.Id, 0);
        _ = KeepAsync(started.StandardError, log);
        var said = await started.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2))
            ?? throw new InvalidOperationException($"{program} ended before it was ready:\n{await LastWordsAsync(started, log)}");
        var ready = Stopwatch.GetElapsedTime(began);
        var url = JsonDocument.Parse(said).RootElement.GetProperty("url").GetString()!;
        return new ServerProcess(started, new Uri(url), ready);
    }

    /// <summary>For a bench that is itself told to end: asks all of them to, and waits for none.</summary>
    public static void StopAll()
    {
        foreach (var id in Running.Keys)
        {
            Terminate(id).Dispose();
        }
    }

    /// <summary>Asks it to end, as a service manager would.</summary>
    public async Task StopAsync()
    {
        Running.TryRemove(process.Id, out _);
        if (!process.HasExited)
        {
            using var kill = Terminate(process.Id);
            await kill.WaitForExitAsync();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static Process Terminate(int id) => Process.Start(new ProcessStartInfo("kill", ["-TERM", $"{id}"]))!;

    private static async Task KeepAsync(StreamReader from, string log)
    {
        await using var file = new StreamWriter(log, append: true) { AutoFlush = true };
        while (await from.ReadLineAsync() is { } line)
        {
            await file.WriteLineAsync(line);
        }
    }

    private static async Task<string> LastWordsAsync(Process process, string log)
    {
        await process.WaitForExitAsync();
        return File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(20)) : $"exit code {process.ExitCode}";
    }
}
