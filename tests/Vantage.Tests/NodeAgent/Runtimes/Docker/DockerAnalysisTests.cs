using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Cli;
using Vantage.Tests.Images;
using Vantage.Tests.NodeAgent.Analysis;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>A node's whole way from a policy to an output, with a real registry, a signed image and a real engine.</summary>
[Collection(EngineTests.Name)]
public sealed class DockerAnalysisTests(ProbeImage image, RealRegistry registry) : IClassFixture<RealRegistry>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-dockan-");
    private readonly string node = "nod_" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
    private readonly TestEngine engine = new();

    public void Dispose()
    {
        engine.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ASignedImage_IsPulledByDigestAndGivesWhatItComputesBesideTheData()
    {
        TestEngine.Require();
        registry.Require();
        var repository = $"{registry.Host}/study/mean";
        var reference = AlgorithmRef.Parse($"oci:{repository}@{await PublishedImage.PushAsync(engine, image.Mean, repository)}");
        var key = await OpenSsl.KeyAsync(Path.Combine(folder.FullName, "author"));
        using var runtime = Runtime(isApart: false);
        await using var bench = new AnalysisBench(runtime, registry.Host) { Resources = new() { MemoryMiB = 64, DiskMiB = 16 } };
        Allow(bench, key, "docker: allow");

        var unsigned = Assert.IsType<RunEnd.Refused>(await RunAsync(bench, reference));
        await SignAsync(reference, key);
        Allow(bench, key, "docker: refuse");
        var unwanted = Assert.IsType<RunEnd.Refused>(await RunAsync(bench, reference));
        Allow(bench, key, "docker: allow");
        var end = Assert.IsType<RunEnd.Succeeded>(await RunAsync(bench, reference));

        var ungranted = Assert.IsType<RunEnd.Refused>(await RunAsync(bench, reference, "abroad"));
        Allow(bench, key, "docker: allow", more: "egress: [{ name: terms, host: terms.example.org, port: 443 }, { name: more, host: more.example.org, port: 443 }]");
        var abroad = Assert.IsType<RunEnd.Succeeded>(await RunAsync(bench, reference, "abroad"));

        Assert.Equal(RunCodes.PolicyRefused, ungranted.Code);
        Assert.Contains("egress 'terms' is not listed", ungranted.Message, StringComparison.Ordinal);
        Assert.Equal("terms.example.org:443 (not used)", abroad.Facts.Enforced["egress"]);
        Assert.False(end.Facts.Enforced.ContainsKey("egress"));
        Assert.Equal("image-unsigned", unsigned.Code);
        Assert.Equal((RunCodes.RuntimeUnavailable, AnalysisPermission.DockerRule), (unwanted.Code, unwanted.Rule));
        await HasSummedAsync(end);
        Assert.Equal("docker", end.Facts.Sandbox);
        Assert.Equal("authors", end.Facts.Image?.Publisher);
        Assert.False(end.Facts.Enforced.ContainsKey("image"));
        Assert.Equal([50, 50], bench.Percents);
        Assert.Empty(await engine.LeftOfAsync(node));

        // As if node and engine shared no files: inputs are copied, the Gateway is framed over standard streams.
        using var apart = Runtime(isApart: true);
        await using var far = new AnalysisBench(apart, registry.Host) { Resources = new() { MemoryMiB = 64, DiskMiB = 16 } };
        Allow(far, key, "docker: allow");
        var same = Assert.IsType<RunEnd.Succeeded>(await RunAsync(far, reference));

        await HasSummedAsync(same);
        Assert.Equal("copied to a volume of the engine's", same.Facts.Enforced["inputs"]);
        Assert.Equal([50], far.Percents);
        Assert.Empty(await engine.LeftOfAsync(node));
    }

    /// <summary>1 + … + 25, in the rows that the bench wrote.</summary>
    private static async Task HasSummedAsync(RunEnd.Succeeded end)
    {
        using var output = JsonDocument.Parse(await File.ReadAllTextAsync(end.OutputPath, TestContext.Current.CancellationToken));
        Assert.Equal((25, 325.0), (output.RootElement.GetProperty("count").GetInt32(), output.RootElement.GetProperty("sum").GetDouble()));
    }

    [Fact]
    public async Task AContainerThatIsKeptWarm_DoesAJobsCalls_AndNothingOfItOutlivesAFaultACancelOrItsNode()
    {
        TestEngine.Require();
        registry.Require();
        var repository = $"{registry.Host}/study/warm";
        var reference = AlgorithmRef.Parse($"oci:{repository}@{await PublishedImage.PushAsync(engine, image.Mean, repository)}");
        var key = await OpenSsl.KeyAsync(Path.Combine(folder.FullName, "author"));
        using var runtime = Runtime(isApart: false);
        await using var bench = new AnalysisBench(runtime, registry.Host) { Resources = new() { MemoryMiB = 64, DiskMiB = 16 } };
        File.SetLastWriteTimeUtc(bench.DataPath, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        Allow(bench, key, "docker: allow, warm: allow", "warm");
        await SignAsync(reference, key);

        var calls = new List<int> { await CallAsync(bench, reference), await CallAsync(bench, reference) };
        var crashed = Assert.IsType<RunEnd.Failed>(await RunAsync(bench, reference, "crash"));
        calls.Add(await CallAsync(bench, reference));
        await Promptly.WithinAsync(TimeSpan.FromSeconds(5), () => CancelAsync(bench, reference));
        calls.Add(await CallAsync(bench, reference));
        using (var nextLife = Runtime(isApart: false))
        {
            await nextLife.SweepAsync(bench.WorkDirectory, TestContext.Current.CancellationToken);
        }

        Assert.Empty(await engine.LeftOfAsync(node));
        calls.Add(await CallAsync(bench, reference));
        await bench.Pool.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 1, 1, 1], calls);
        Assert.Contains("exit code 7", crashed.Message, StringComparison.Ordinal);
        Assert.Empty(await engine.LeftOfAsync(node));
    }

    private static async Task<int> CallAsync(AnalysisBench bench, AlgorithmRef reference)
    {
        var end = Assert.IsType<RunEnd.Succeeded>(await RunAsync(bench, reference));
        Assert.Contains("of a program started", end.Facts.Enforced["warm"], StringComparison.Ordinal);
        Assert.Equal("none", end.Facts.Enforced["network"]);
        var output = JsonElement.Parse(await File.ReadAllTextAsync(end.OutputPath, TestContext.Current.CancellationToken));
        Assert.Equal(325, output.GetProperty("sum").GetDouble());
        return output.GetProperty("call").GetInt32();
    }

    /// <summary>How long it took from the word to the end.</summary>
    private static async Task<TimeSpan> CancelAsync(AnalysisBench bench, AlgorithmRef reference)
    {
        using var stop = new CancellationTokenSource();
        var before = bench.Percents.Count;
        var running = bench.RunAsync(reference, "wait", "{}", stop);
        await bench.PercentAfter(before);
        var begun = TimeProvider.System.GetTimestamp();
        await stop.CancelAsync();
        Assert.IsType<RunEnd.Cancelled>(await running);
        return TimeProvider.System.GetElapsedTime(begun);
    }

    private DockerRuntime Runtime(bool isApart) => DockerBench.Of(engine.Client, node, isApart: isApart);

    private void Allow(AnalysisBench bench, string key, string runtime, string name = "mean", string more = "") => bench.WritePolicy("publishers: [authors]\n    " + more, runtime: runtime,
        head: $$"""publishers: [{ name: authors, key: {{key}}.pub, repositories: ["{{registry.Host}}/study/*"] }]""", algorithm: $"oci:{registry.Host}/study/{name}");

    private static async Task SignAsync(AlgorithmRef reference, string key)
    {
        var signed = await CliRun.OfAsync("algorithm", "sign", reference.Text, "--key", key, "--insecure");
        Assert.True(signed.ExitCode == ExitCodes.Ok, signed.Error);
    }

    private static async Task<RunEnd> RunAsync(AnalysisBench bench, AlgorithmRef reference, string function = "partial")
    {
        using var stop = new CancellationTokenSource();
        return await bench.RunAsync(reference, function, "{}", stop);
    }
}
