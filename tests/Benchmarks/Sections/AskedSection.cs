using System.Diagnostics;
using Vantage.Benchmarks.Containers;
using Vantage.Benchmarks.Reporting;
using Vantage.Client;
using Vantage.Client.Tasks;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Benchmarks.Sections;

/// <summary>
/// What a researcher waits for: a question to one site of a whole federation, each program a process of its own, from before
/// the manifest is sealed and signed until the receipt is verified and the result decrypted. One question after the other.
/// </summary>
internal static class AskedSection
{
    public const string Name = "asked";

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        await using var sandbox = await BenchSandbox.StartAsync(options, "docker", 1, 1000);
        using var client = sandbox.Client();
        // A program stays for one job's calls: with a job for each question every one of them starts its own container.
        var fresh = await TimesAsync(client, sandbox, options.Size(20, 2), _ => null);
        var job = JobId.New(TimeProvider.System);
        var warm = (await TimesAsync(client, sandbox, options.Size(200, 5), _ => job)).Skip(1).ToList();
        report.Add(new Figure(Name, "from a researcher's question to the decrypted result, warm container, p50", Numbers.Percentile(warm, 0.5), "ms",
            new("a fresh container", Numbers.Percentile(fresh, 0.5))));
        report.Add(new Figure(Name, "the same, p99", Numbers.Percentile(warm, 0.99), "ms", new("a fresh container", Numbers.Percentile(fresh, 0.99))));
    }

    private static async Task<List<double>> TimesAsync(VantageClient client, BenchSandbox sandbox, int count, Func<int, JobId?> job)
    {
        var algorithm = client.Algorithm("summary", "partial");
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var asked = await client.SubmitAsync(new TaskRequest
            {
                Collaboration = sandbox.Collaboration,
                Job = job(i),
                Algorithm = algorithm,
                Function = "partial",
                Arguments = """{"columns":["x"]}"""u8.ToArray(),
                Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "data" }],
                Resources = new ResourceRequest(MemoryMiB: 512),
            });
            await foreach (var task in client.WatchAsync(asked.Id))
            {
                if (task.Outcome is not null)
                {
                    _ = await client.ResultAsync(task, task.Runs[0].Id, AlgorithmsJson.Default.JsonElement);
                }
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times;
    }
}
