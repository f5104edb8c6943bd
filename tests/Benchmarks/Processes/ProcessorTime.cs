using System.Globalization;

namespace Vantage.Benchmarks.Processes;

/// <summary>
/// User and system time of the Coordinator, of its PostgreSQL, children and ended children included, and of the load
/// generator itself, and resident memory, as Linux counts them. On a busy machine it says more than any rate.
/// </summary>
internal sealed record ProcessorTime(TimeSpan Coordinator, TimeSpan Postgres, TimeSpan Generator)
{
    /// <summary>USER_HZ is 100 wherever .NET runs on Linux.</summary>
    private const int TicksPerSecond = 100;

    public static ProcessorTime Of(int coordinator, int postmaster) => new(
        Seconds(Fields(coordinator) is { } own ? own[11] + own[12] : 0),
        Seconds(postmaster == 0 ? 0 : Family(postmaster)),
        Environment.CpuUsage.TotalTime);

    public ProcessorTime Since(ProcessorTime before) =>
        new(Coordinator - before.Coordinator, Postgres - before.Postgres, Generator - before.Generator);

    public static double ResidentMiB(int process) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;

    private static TimeSpan Seconds(long ticks) => TimeSpan.FromSeconds((double)ticks / TicksPerSecond);

    private static long Family(int postmaster)
    {
        var sum = Fields(postmaster) is { } own ? own[11] + own[12] + own[13] + own[14] : 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && Fields(id) is { } child && child[1] == postmaster)
            {
                sum += child[11] + child[12];
            }
        }

        return sum;
    }

    /// <summary>The numbers after the name in <c>/proc/…/stat</c>, from the state (as 0) on; null if it has gone.</summary>
    private static long[]? Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return [.. stat[(stat.LastIndexOf(')') + 2)..].Split(' ').Take(15).Select(field => long.TryParse(field, out var n) ? n : 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
