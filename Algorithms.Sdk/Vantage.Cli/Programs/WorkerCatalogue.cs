using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Algorithms;

namespace Vantage.Cli.Programs;

/// <summary>What the installed worker can run, asked of itself: it alone knows the digests of its own code.</summary>
internal static class WorkerCatalogue
{
    private static readonly ConcurrentDictionary<(string Worker, DateTime Written), AlgorithmCatalogue> Known = new();

    /// <summary>Asks the program once: where many organizations are founded by one command, it would be the most of the work.</summary>
    public static async Task<AlgorithmCatalogue> ReadAsync(string worker, CancellationToken cancellationToken)
    {
        var which = (worker, File.GetLastWriteTimeUtc(worker));
        return Known.TryGetValue(which, out var known) ? known : Known[which] = await AskAsync(worker, cancellationToken);
    }

    /// <summary>A list in a file, in the worker's own form.</summary>
    public static async Task<AlgorithmCatalogue> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllTextAsync(path, cancellationToken), AlgorithmsJson.Default.AlgorithmCatalogue)
                is { V: AlgorithmCatalogue.CurrentVersion } read
                ? read
                : throw UsageException.Because($"{path} is a catalogue of another version.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw UsageException.Because($"{path} is no catalogue that can be read: {e.Message}", "'Vantage.Worker catalogue --json' writes one.");
        }
    }

    private static async Task<AlgorithmCatalogue> AskAsync(string worker, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(worker, ["catalogue", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        }) ?? throw Broken(worker, "it can't be started");
        var said = process.StandardError.ReadToEndAsync(cancellationToken);
        var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw Broken(worker, $"it ended with {process.ExitCode}: {(await said).Trim()}");
        }

        try
        {
            return JsonSerializer.Deserialize(text, AlgorithmsJson.Default.AlgorithmCatalogue)
                is { V: AlgorithmCatalogue.CurrentVersion } read
                ? read
                : throw Broken(worker, "its catalogue is of another version");
        }
        catch (JsonException e)
        {
            throw Broken(worker, e.Message);
        }
    }

    private static VantageException Broken(string worker, string why) => new(ExitCodeOf.ProgramMissing,
        $"{worker} does not say which algorithms it holds: {why}.", "Install the worker that belongs to this command.");
}
