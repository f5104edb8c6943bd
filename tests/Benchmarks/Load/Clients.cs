using System.Collections.Concurrent;
using System.Diagnostics;
using Vantage.Benchmarks.Processes;

namespace Vantage.Benchmarks.Load;

/// <summary>Clients that each do one thing after another, as fast as they are answered, until there is no more or time is up.</summary>
internal static class Clients
{
    /// <param name="count">How many at once.</param>
    /// <param name="atMost">When no further operation is begun.</param>
    /// <param name="clock">Counts the servers' processor time; null where it is of no interest.</param>
    /// <param name="step">One operation of the numbered client; false when there is nothing left to do.</param>
    public static async Task<Measured> RunAsync(int count, TimeSpan atMost, Func<ProcessorTime>? clock, Func<int, Task<bool>> step)
    {
        var times = new ConcurrentBag<List<double>>();
        var before = clock?.Invoke();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, count).Select(client => Task.Run(async () =>
        {
            var own = new List<double>();
            times.Add(own);
            while (Stopwatch.GetElapsedTime(began) < atMost)
            {
                var start = Stopwatch.GetTimestamp();
                if (!await step(client))
                {
                    return;
                }

                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(began);
        var spent = before is null ? null : clock!().Since(before);
        var all = times.SelectMany(time => time).ToList();
        return new Measured(all.Count, elapsed, all, spent);
    }
}
