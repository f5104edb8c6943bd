using System.Text.Json;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Far;

/// <summary>Runs on an engine that is reached over TLS and sees no file of the node's.</summary>
[Collection(EngineTests.Name)]
public sealed class FarEngineTests(FarEngine far) : IClassFixture<FarEngine>
{
    private const string Run =
        """{"v":1,"function":"partial","data":[{"label":"table","path":"/vantage/data/table.csv"}],"gateway":{"kind":"stdio-http","address":"stdio"}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ItSeesNoFileOfTheNodes_SoWhatIsMountedElsewhereIsNotThere()
    {
        far.Require();
        await using var bench = new DockerBench(far.Open(), far.Image, "exit 0");

        Assert.Contains("no such file", Assert.IsType<RuntimeEnd.NotStarted>(await bench.RunAsync()).Message, StringComparison.Ordinal);
        Assert.Empty(await bench.LeftAsync());
    }

    [Theory]
    [InlineData("userns")]
    [InlineData("runsc")]
    public async Task ARunWithWhatThePolicyDemands_ReadsItsDataAndSpeaksToItsGateway(string demanded)
    {
        far.Require();
        var demand = Enum.Parse<SandboxDemand>(demanded, ignoreCase: true);
        Assert.SkipWhen(demand == SandboxDemand.Runsc && !File.Exists("/usr/bin/runsc"), "There is no gVisor here: './build setup' as root on Debian installs it (runsc).");
        await using var bench = new DockerBench(far.Open(), far.Mean, "") { IsApart = true, Demands = new HashSet<SandboxDemand> { demand } };
        await File.WriteAllTextAsync(Path.Combine(bench.Shown, "run.json"), Run, Stop);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(bench.Shown, "data")).FullName, "table.csv"), "age\n1\n2\n39\n", Stop);
        var percents = new List<int>();
        using var calls = new GatewayCalls(new OutputStore(bench.Work, 1 << 20), new RunLog(Path.Combine(bench.Work, "log"), 1 << 20), percents.Add);
        using var socket = new RunSocket();
        await using var gateway = await RunGateway.StartAsync(socket, calls, Stop);

        var end = await bench.Runtime.RunAsync(bench.Job() with { GatewaySocket = socket.Path }, Stop);

        Assert.True(end is RuntimeEnd.Exited { Code: 0 }, $"{end} {bench.Said}");
        using var result = JsonDocument.Parse(await File.ReadAllTextAsync(calls.Output.Stored!.Path, Stop));
        Assert.Equal((3, 42.0), (result.RootElement.GetProperty("count").GetInt32(), result.RootElement.GetProperty("sum").GetDouble()));
        Assert.Equal([50], percents);
        Assert.Equal("remapped", end.Enforced["user namespace"]);
        Assert.Equal(demand == SandboxDemand.Runsc ? "runsc" : "runc", end.Enforced["runtime"]);
        Assert.Equal("copied to a volume of the engine's", end.Enforced["inputs"]);
        Assert.Empty(await bench.LeftAsync());
    }

    [Fact]
    public async Task AnEngineOfAnotherAuthority_IsNotBelieved_AndItBelievesNoStranger()
    {
        far.Require();

        Assert.Contains("is not believed", await TroubleAsync(far.Address(authority: "stranger.pem")), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", await TroubleAsync(far.Address(certificate: "stranger")), StringComparison.Ordinal);
        Assert.Contains("can't be reached", await TroubleAsync(far.Address() with { Port = 1 }), StringComparison.Ordinal);
        Assert.Contains("can't be used", await TroubleAsync(far.Address() with { Authority = far.Address().Key }), StringComparison.Ordinal);
    }

    private static async Task<string> TroubleAsync(EngineAddress address)
    {
        using var calls = new EngineCalls(address);
        return (await Assert.ThrowsAsync<EngineException>(() => new EngineClient(calls).InfoAsync(Stop))).Message;
    }
}
