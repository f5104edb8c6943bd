using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Vantage.Benchmarks.Load;
using Vantage.Benchmarks.Questions;
using Vantage.Benchmarks.Reporting;
using Vantage.Benchmarks.Wire;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Benchmarks.Sections;

/// <summary>Large ciphertext up and down, sealed before; and how long a cheap call takes while the largest one moves.</summary>
internal static class PayloadsSection
{
    public const string Name = "payloads";
    private const int MiB = 1024 * 1024;

    public static async Task RunAsync(Bench bench)
    {
        int[] sizes = bench.Options.Quick ? [1, 9] : [1, 50, 1000];
        foreach (var size in sizes)
        {
            using var payload = new SealedFile(bench.Federation, size * MiB);
            // Twice, since the first of its kind is compiled on the way.
            var (up, runId) = await UploadAsync(bench, payload);
            if (size < sizes[^1])
            {
                (up, runId) = await UploadAsync(bench, payload);
            }

            var bareUp = await BareUpAsync(bench, payload);
            bench.Report.Add(new Figure(Name, $"up, {size:#,0} MiB", up, "MiB/s",
                new("the disk, parts written and flushed", Disk(bench, payload)), GoalAt(size, sizes)));
            bench.Report.Add(new Figure(Name, $"up, {size:#,0} MiB: against bare Kestrel", up, "MiB/s", new("Kestrel, parts read and dropped", bareUp)));
            var down = await DownloadAsync(bench, new Uri(bench.Coordinator.Url, $"{Routes.Runs}/{runId}/payloads/input"), payload.Size);
            var bareDown = await DownloadAsync(bench, new Uri(bench.Bare.Url, $"/bytes?count={payload.Size}"), payload.Size);
            bench.Report.Add(new Figure(Name, $"down, {size:#,0} MiB", down, "MiB/s", new("Kestrel, zeros from memory", bareDown), GoalAt(size, sizes)));
            if (size == sizes[^1])
            {
                await CheapCallAsync(bench, payload, runId);
            }
        }
    }

    private static Goal? GoalAt(int size, int[] sizes) => size >= sizes[1] ? Goal.Min(400) : null;

    /// <summary>MiB a second from the announcement to the upload being whole, and a run whose input it then is.</summary>
    private static async Task<(double Rate, RunId Run)> UploadAsync(Bench bench, SealedFile payload)
    {
        using var http = Client(bench.Coordinator.Url, bench.Federation.Researchers[0].Token);
        // Bytes that are here already need not be sent again, so each upload is of its own.
        await payload.SealAsync();
        var id = UploadId.New(TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        using (var announced = await http.PutAsync($"{Routes.Uploads}/{id}", JsonContent.Create(
            new StartUpload(bench.Federation.Collaboration, payload.Digest, payload.Size), ProtocolJson.Default.StartUpload)))
        {
            announced.EnsureSuccessStatusCode();
        }

        await PartsAsync(payload, (number, content) =>
        {
            content.Headers.Add(StartUpload.PartDigestHeader, payload.PartDigests[number]);
            return http.PutAsync($"{Routes.Uploads}/{id}/parts/{number}", content);
        });
        var rate = payload.Size / (double)MiB / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var task = payload.Ask();
        using var connection = (await TasksSection.ConnectAsync(bench.Coordinator.Url, 1))[0];
        await TasksSection.PutAsync(connection, task);
        return (rate, task.Runs[0].Run);
    }

    private static async Task<double> BareUpAsync(Bench bench, SealedFile payload)
    {
        using var http = Client(bench.Bare.Url, null);
        var began = Stopwatch.GetTimestamp();
        await PartsAsync(payload, (number, content) => http.PutAsync($"/part/{number}", content));
        return payload.Size / (double)MiB / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>What acknowledging nothing before it is on the disk costs by itself: two parts at once, each flushed.</summary>
    private static double Disk(Bench bench, SealedFile payload)
    {
        var path = Path.Combine(bench.Options.Data, "disk");
        var began = Stopwatch.GetTimestamp();
        Parallel.For(0, payload.PartDigests.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
        {
            using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(file, payload.Part(number).Span, (long)number * StartUpload.PartBytes);
            RandomAccess.FlushToDisk(file);
        });
        var rate = payload.Size / (double)MiB / Stopwatch.GetElapsedTime(began).TotalSeconds;
        File.Delete(path);
        return rate;
    }

    private static async Task PartsAsync(SealedFile payload, Func<int, HttpContent, Task<HttpResponseMessage>> send)
    {
        // Two under way at once, as a client that does not want to wait for each answer.
        await Parallel.ForAsync(0, payload.PartDigests.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (number, _) =>
        {
            using var content = new ReadOnlyMemoryContent(payload.Part(number));
            using var answer = await send(number, content);
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"A part was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
        });
    }

    private static async Task<double> DownloadAsync(Bench bench, Uri url, long size)
    {
        using var http = Client(url, bench.Federation.Researchers[0].Token);
        if (url.AbsolutePath.EndsWith("/input", StringComparison.Ordinal))
        {
            // Inputs are their node's to fetch.
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bench.Federation.Sites[0].Token);
        }

        var buffer = new byte[256 * 1024];
        var began = Stopwatch.GetTimestamp();
        using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var content = await response.Content.ReadAsStreamAsync();
        long read = 0;
        while (await content.ReadAsync(buffer) is > 0 and var count)
        {
            read += count;
        }

        return read == size
            ? size / (double)MiB / Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException($"{read} bytes came, not {size}.");
    }

    /// <summary>Who am I, asked over and over, idle and while the largest payload goes down and up.</summary>
    private static async Task CheapCallAsync(Bench bench, SealedFile payload, RunId run)
    {
        var idle = await CallsAsync(bench, Task.Delay(bench.Window / 3));
        var during = await CallsAsync(bench, Task.Run(async () =>
        {
            await DownloadAsync(bench, new Uri(bench.Coordinator.Url, $"{Routes.Runs}/{run}/payloads/input"), payload.Size);
            await UploadAsync(bench, payload);
        }));
        bench.Report.Add(new Figure(Name, "a cheap call while the largest moves: p50", Numbers.Percentile(during, 0.5), "ms",
            new("idle", Numbers.Percentile(idle, 0.5))));
        bench.Report.Add(new Figure(Name, "a cheap call while the largest moves: p99", Numbers.Percentile(during, 0.99), "ms",
            new("idle", Numbers.Percentile(idle, 0.99))));
    }

    private static async Task<List<double>> CallsAsync(Bench bench, Task until)
    {
        var request = RawHttp.Request("GET", Routes.Me, bench.Federation.Researchers[1].Token, []);
        using var connection = (await TasksSection.ConnectAsync(bench.Coordinator.Url, 1))[0];
        var times = new List<double>();
        while (!until.IsCompleted)
        {
            var began = Stopwatch.GetTimestamp();
            await connection.SendAsync(request);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(1);
        }

        await until;
        return times;
    }

    private static HttpClient Client(Uri url, string? token)
    {
        var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return http;
    }
}
