using System.Security.Cryptography;
using Federation.Tests.Links;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;
using Vantage.Protocol.Cryptography;
using Vantage.TestWorker;

namespace Federation.Tests.Transfers;

public sealed class GibibyteTests
{
    private const long Bytes = 1L << 30;
    private const long Seed = 20261121;
    private const long Allowed = 128L << 20;
    private const long BetweenCuts = 90L << 20;

    [Fact]
    public async Task Result_OfOneGibibyte_ArrivesWholeAndInLittleMemoryAlthoughTheLineIsCutTenTimes()
    {
        var stop = TestContext.Current.CancellationToken;
        TcpLink? up = null, down = null;
        await using var world = await World.StartAsync(new WorldOptions
        {
            TestWorker = true,
            Rule = "    limits: { outputMiB: 1100, diskMiB: 4096 }",
            NodeUrl = port => Via(up = TcpLink.To(port)),
            ResearcherUrl = port => Via(down = TcpLink.To(port)),
        }, stop);
        await using var upLink = up!;
        await using var downLink = down!;
        var idleCoordinator = Settle(world.Coordinator);
        var idleNode = Settle(world.Site.Process!);

        var task = await world.Researcher.TypeAsync("task", "run", "--algorithm", "testing", "--function", "blob", "--collaboration",
            World.Collaboration, "--data", "patients", "--args", $$"""{"seed":{{Seed}},"bytes":{{Bytes}}}""");
        var cutsUp = CutAsync(upLink, 5);
        await world.Researcher.TryAsync("task", "watch", task);
        await cutsUp.WaitAsync(stop);
        var file = world.Folder.Sub("blob");
        var cutsDown = CutAsync(downLink, 5);
        await world.Researcher.TypeAsync("task", "result", task, "--site", "north", "--out", file);
        await cutsDown.WaitAsync(stop);

        Assert.Equal(await ExpectedAsync(stop), await DigestAsync(file, stop));
        Assert.InRange(world.Coordinator.Memory().Peak - idleCoordinator, long.MinValue, Allowed);
        Assert.InRange(world.Site.Process!.Memory().Peak - idleNode, long.MinValue, Allowed);
    }

    private static Task<Uri> Via(TcpLink link) => Task.FromResult(new Uri($"http://127.0.0.1:{link.Port}/"));

    private static long Settle(ChildProcess process)
    {
        process.ForgetPeak();
        return process.Memory().Now;
    }

    private static async Task CutAsync(TcpLink link, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await link.CutAfter(BetweenCuts);
        }
    }

    private static async Task<Digest> ExpectedAsync(CancellationToken stop)
    {
        using var hash = SHA256.Create();
        await using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            await Blob.WriteAsync(stream, Seed, Bytes, stop);
        }

        return Digest.FromHash(hash.Hash);
    }

    private static async Task<Digest> DigestAsync(string file, CancellationToken stop)
    {
        await using var stream = File.OpenRead(file);
        return await Digest.OfAsync(stream, stop);
    }
}
