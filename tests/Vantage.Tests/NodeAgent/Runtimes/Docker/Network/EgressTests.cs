using Vantage.NodeAgent.Egress;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runtimes;
using Vantage.Tests.NodeAgent.Egress;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Network;

/// <summary>A container reaches exactly the host and port that its site grants.</summary>
[Collection(EngineTests.Name)]
public sealed class EgressTests(ProbeImage image)
{
    [Fact]
    public async Task TheGrantedHostAndPort_AndNothingElse()
    {
        await using var granted = new Somewhere("granted");
        await using var other = new Somewhere("other");
        var attempts = Attempts(granted.Port, other.Port).ToList();
        var script = string.Join('\n', [
            $"wget -q -O - http://127.0.0.1:{granted.Port}/; echo",
            $"printf 'CONNECT 127.0.0.1:{granted.Port} HTTP/1.1\\r\\n\\r\\nGET / HTTP/1.1\\r\\n\\r\\n' | nc egress.vantage 3128 | tail -n 1; echo",
            .. attempts.Select((attempt, i) => $"if ({attempt}) 2>&1 </dev/null | grep -q -e granted -e other -e established; then echo {i} OUT; else echo {i} held; fi"),
        ]);
        await using var bench = new DockerBench(image.Id, script);
        await using var egress = EgressPassage.Open(Path.Combine(bench.Work, "egress"), [new EgressGrant("site", "127.0.0.1", granted.Port, Private: true)], 1 << 20, EgressDial.Real);

        var end = Assert.IsType<RuntimeEnd.Exited>(await bench.Runtime.RunAsync(
            bench.Job() with { Doors = egress.Doors, Variables = egress.Variables }, TestContext.Current.CancellationToken));

        Assert.Equal(["granted", "granted", .. attempts.Select((_, i) => $"{i} held")], bench.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(attempts.Count >= 30);
        Assert.Equal((2, 0), (granted.Calls, other.Calls));
        Assert.Contains("(2 connections, ", egress.Used, StringComparison.Ordinal);
        Assert.Contains("requests refused", egress.Used, StringComparison.Ordinal);
        Assert.Contains("HTTPS_PROXY", end.Enforced["environment"], StringComparison.Ordinal);
        Assert.Empty(await bench.LeftAsync());
    }

    private static IEnumerable<string> Attempts(int granted, int other) =>
    [
        .. new[]
        {
            $"127.0.0.1:{other}", $"localhost:{granted}", $"2130706433:{granted}", $"0x7f000001:{granted}", $"0x7f.0.0.1:{granted}", $"0177.0.0.1:{granted}",
            $"127.1:{granted}", $"127.0.1:{granted}", $"127.0.0.2:{granted}", $"0.0.0.0:{granted}", $"[::1]:{granted}", $"[::ffff:127.0.0.1]:{granted}",
            $"[::]:{granted}", $"127.0.0.1.:{granted}", $"127.0.0.1:0{granted}", $"127.0.0.1:+{granted}", $"127.0.0.1:{granted + 65536}",
            $"127.0.0.1:{granted}:{granted}", $"user@127.0.0.1:{granted}", $"127.0.0.1:{granted}@localhost:{other}", $"127.0.0.1:{granted}/", $"127.0.0.1:{granted}#",
            $"http://127.0.0.1:{granted}", $"127.0.0.1%00:{granted}", "127.0.0.1", $":{granted}", "169.254.169.254:80", "metadata.google.internal:80",
            "example.org:443", "1.1.1.1:53", "egress.vantage:3128", "host.docker.internal:2375",
        }.Select(target => $"printf 'CONNECT %s HTTP/1.1\\r\\n\\r\\nGET / HTTP/1.1\\r\\n\\r\\n' '{target}' | nc -w 3 egress.vantage 3128"),
        $"wget -q -O - http://127.0.0.1:{other}/",
        $"wget -q -O - http://localhost:{granted}/",
        "wget -q -O - http://169.254.169.254/latest/meta-data/",
        $"printf 'GET http://localhost:{other}/ HTTP/1.1\\r\\nHost: 127.0.0.1:{granted}\\r\\n\\r\\n' | nc -w 3 egress.vantage 3128",
        $"printf 'GET / HTTP/1.1\\r\\nHost: 127.0.0.1:{granted}\\r\\n\\r\\n' | nc -w 3 egress.vantage 3128",
        $"echo x | nc -w 1 127.0.0.1 {granted}",
        $"echo x | nc -w 1 127.0.0.1 {other}",
        "echo x | nc -w 1 1.1.1.1 53",
    ];
}
