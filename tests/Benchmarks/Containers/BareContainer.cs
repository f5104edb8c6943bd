using System.Diagnostics;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Docker.Sandbox;
using Vantage.Protocol.Cryptography;

namespace Vantage.Benchmarks.Containers;

/// <summary>
/// The same container by the Engine API alone: create, wait, start, remove, with the same sandbox, reading the same table
/// and giving its result to a Gateway that is there already. No policy, no snapshot, nothing looked over, nothing sealed.
/// </summary>
internal sealed class BareContainer : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly BenchImage image;
    private readonly ContainerMark mark;
    private readonly RunSocket socket;
    private readonly GatewayCalls calls;
    private readonly RunGateway gateway;
    private int count;

    private BareContainer(BenchImage image, ContainerMark mark, DirectoryInfo folder, RunSocket socket, GatewayCalls calls, RunGateway gateway) =>
        (this.image, this.mark, this.folder, this.socket, this.calls, this.gateway) = (image, mark, folder, socket, calls, gateway);

    public static async Task<BareContainer> PrepareAsync(BenchImage image, ContainerMark mark, int rows)
    {
        var made = Directory.CreateTempSubdirectory("vtg-bench-");
        var shown = made.CreateSubdirectory("shown").FullName;
        Directory.CreateDirectory(Path.Combine(shown, "gateway"));
        await File.WriteAllTextAsync(Path.Combine(shown, "table.csv"), "y,x\n" + string.Concat(Enumerable.Repeat("1,0.123456\n", rows)));
        await File.WriteAllTextAsync(Path.Combine(shown, "run.json"),
            """{"v":1,"function":"partial","data":[{"label":"table","path":"/vantage/table.csv"}],"gateway":{"kind":"unix-http","address":"/vantage/gateway/g"}}""");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(shown, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(Path.Combine(shown, "gateway"), (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(Path.Combine(shown, "run.json"), (UnixFileMode)0b110_100_100);
            File.SetUnixFileMode(Path.Combine(shown, "table.csv"), (UnixFileMode)0b110_100_100);
        }

        var output = made.CreateSubdirectory("output").FullName;
        var taken = new GatewayCalls(new OutputStore(output, 1 << 20), new RunLog(Path.Combine(made.FullName, "log"), 1 << 20), _ => { });
        var listening = RunSocket.Within(Path.Combine(shown, "gateway"), "g");
        return new BareContainer(image, mark, made, listening, taken, await RunGateway.StartAsync(listening, taken, CancellationToken.None));
    }

    /// <summary>Milliseconds.</summary>
    public async Task<double> RunAsync()
    {
        var shown = Path.Combine(folder.FullName, "shown");
        var job = new RuntimeJob(new RuntimeCode.Image("", Digest.OfText(""), Digest.OfText("")), $"bare-{Interlocked.Increment(ref count)}", folder.FullName, shown,
            Path.Combine(shown, "run.json"), "", new RuntimeLimits(1, 64, 16, TimeSpan.FromMinutes(10)), _ => { });
        var spec = SandboxPlan.Of(job, image.Id, mark, null, shown);
        var name = mark.NameOf(job);
        var began = Stopwatch.GetTimestamp();
        await image.Engine.CreateAsync(name, spec, CancellationToken.None);
        using (var waiting = await image.Engine.WaitAsync(name, CancellationToken.None))
        {
            await image.Engine.StartAsync(name, CancellationToken.None);
            var answer = await waiting.Content.ReadAsStringAsync();
            if (!answer.Contains("\"StatusCode\":0", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The bare container ended with {answer}");
            }
        }

        await image.Engine.RemoveAsync(name, CancellationToken.None);
        await image.Engine.RemoveVolumeAsync(name, CancellationToken.None);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        calls.Dispose();
        socket.Dispose();
        folder.Delete(recursive: true);
    }
}
