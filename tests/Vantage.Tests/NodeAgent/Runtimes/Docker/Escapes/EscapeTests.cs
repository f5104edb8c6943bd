using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Vantage.NodeAgent.Runtimes;
using Vantage.Tests.NodeAgent.Runtimes.Docker.Network;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Escapes;

/// <summary>A hostile algorithm tries all it can think of; nothing succeeds.</summary>
[Collection(EngineTests.Name)]
public sealed class EscapeTests(ProbeImage image)
{
    [Fact]
    public async Task NothingCanBeWrittenButScratch() => await NoneSucceedAsync(WriteEscapes.All());

    [Fact]
    public async Task NothingOfTheHostCanBeSeen_AndNoRightCanBeHad() => await NoneSucceedAsync(SightEscapes.All());

    [Fact]
    public async Task NoSystemCallThatNobodyNeeds_DoesAnything()
    {
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "The numbers of these system calls are x86-64's.");
        await NoneSucceedAsync(KernelEscapes.All());
    }

    /// <summary>Neither where there is no network at all, nor where a door leads to the node.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NobodyCanBeReached(bool hasDoor)
    {
        await using var door = Behind.Saying("hello");
        const string Name = "vtg-tests-abstract";
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        using var nameless = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        nameless.Bind(new UnixDomainSocketEndPoint("\0" + Name));
        nameless.Listen();
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address.ToString().Split('%')[0]);

        await NoneSucceedAsync(NetworkEscapes.All(((IPEndPoint)listener.LocalEndpoint).Port, own, Name), hasDoor ? [door.Door("door.vantage", 8080)] : []);

        Assert.Equal(0, door.Calls);
        Assert.False(listener.Pending());
        Assert.False(nameless.Poll(0, SelectMode.SelectRead));
    }

    /// <summary>The scripts do what they say: many succeed in what an engine makes by default. More confinement is not lifted, since the host is real.</summary>
    [Fact]
    public async Task InAnEnginesDefaultSandbox_ManySucceed()
    {
        // Without the system calls: one of them stops the script itself.
        var all = WriteEscapes.All().Concat(SightEscapes.All()).ToList();
        await using var bench = new DockerBench(image.Id, Script(all));

        var said = await OpenContainer.RunAsync(bench);

        var succeeded = said.Split('\n').Count(line => line.EndsWith(" OUT", StringComparison.Ordinal));
        Assert.True(succeeded >= 40, $"{succeeded} of {all.Count}:\n{said}");
    }

    private async Task NoneSucceedAsync(IEnumerable<Escape> escapes, IReadOnlyList<Door>? doors = null)
    {
        var all = escapes.ToList();
        await using var bench = new DockerBench(image.Id, Script(all)) { Limits = new(1, 128, 16, TimeSpan.FromMinutes(2)), Doors = doors ?? [] };

        Assert.Equal(0, Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync()).Code);

        var lines = bench.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // One by one in their order, so that none is taken for held that was never tried.
        Assert.Equal(all.Select((escape, i) => $"{i} {escape.Name}: held"), lines.Select(line => Named(all, line)));
    }

    private static string Named(List<Escape> all, string line) =>
        line.Split(' ') is [var number, var end] && int.TryParse(number, out var i) && i < all.Count ? $"{i} {all[i].Name}: {end}" : line;

    /// <summary>One line a try, by its number: names may hold anything.</summary>
    private static string Script(IEnumerable<Escape> escapes) => string.Join('\n', escapes.Select((escape, i) =>
        $"if timeout 3 sh -c '{escape.Script}' >/dev/null 2>&1 </dev/null; then echo {i} OUT; else echo {i} held; fi"))
        + "\nexit 0";
}
