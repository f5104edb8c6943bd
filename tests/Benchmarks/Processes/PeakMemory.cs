using System.Collections.Concurrent;
using System.Globalization;

namespace Vantage.Benchmarks.Processes;

/// <summary>The most memory that any process of a program in a folder held while this looks, by the kernel's own high-water marks (Linux).</summary>
internal sealed class PeakMemory : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentDictionary<string, double> peaks = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task looking;

    /// <param name="within">What their command lines name.</param>
    public PeakMemory(string within) => looking = LookAsync(within);

    /// <summary>MiB; 0 if no such program was seen.</summary>
    /// <param name="program">By its file's name.</param>
    public double Of(string program) => peaks.GetValueOrDefault(program);

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await looking;
    }

    /// <summary>MiB; 0 if there is none.</summary>
    public static double OfProcess(int id)
    {
        try
        {
            return File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
                ? Math.Round(double.Parse(line.AsSpan(6).Trim().TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture) / 1024, 1)
                : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public void Dispose() => stop.Dispose();

    private async Task LookAsync(string within)
    {
        using var timer = new PeriodicTimer(Between);
        while (!stop.IsCancellationRequested)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                if (Program(folder, within) is { } program && OfProcess(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)) is > 0 and var peak)
                {
                    peaks.AddOrUpdate(program, peak, (_, before) => Math.Max(before, peak));
                }
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static string? Program(string folder, string within)
    {
        try
        {
            var line = File.ReadAllText($"{folder}/cmdline");
            return !line.Contains(within, StringComparison.Ordinal) ? null : line.Split('\0').Take(2).Select(Path.GetFileName)
                .FirstOrDefault(name => name is "Vantage.Worker" or "Vantage.NodeAgent");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
