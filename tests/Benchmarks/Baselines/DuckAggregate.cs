using System.Diagnostics;
using System.Globalization;
using Vantage.Benchmarks.Processes;
using Vantage.DuckDb;

namespace Vantage.Benchmarks.Baselines;

/// <summary>The sums of products of all columns of Parquet files, by DuckDB alone, in a process of its own.</summary>
internal static class DuckAggregate
{
    public const string Verb = "duckdb-aggregate";

    public static async Task<(double Seconds, double MiB)> MeasureAsync(string folder)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Verb, folder]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = (await child.StandardOutput.ReadToEndAsync()).Split(' ');
        await child.WaitForExitAsync();
        return (double.Parse(said[0], CultureInfo.InvariantCulture), double.Parse(said[1], CultureInfo.InvariantCulture));
    }

    public static int Run(string folder)
    {
        var files = Directory.GetFiles(folder, "*.parquet");
        var table = $"read_parquet([{string.Join(", ", files.Select(DuckSession.Quoted))}])";
        using var session = new DuckSession(new DuckCaps(), files, Path.Combine(folder, "tmp"), default);
        var names = new List<string>();
        using (var described = session.Read($"DESCRIBE SELECT * FROM {table}"))
        {
            while (described.Next())
            {
                names.AddRange(Enumerable.Range(0, described.Rows).Select(row => described.Text(0, row)));
            }
        }

        var began = Stopwatch.GetTimestamp();
        var sums = names.SelectMany((a, i) => names.Skip(i).Select(b => $"sum({a} * {b})")).Concat(names.Select(a => $"sum({a})"));
        session.Run($"SELECT count(*), {string.Join(", ", sums)} FROM {table}");
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds} {PeakMemory.OfProcess(Environment.ProcessId)}"));
        return 0;
    }
}
