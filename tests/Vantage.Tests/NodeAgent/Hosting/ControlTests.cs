using System.Text.Json;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Hosting;

/// <summary>Status, pause, resume and drain, asked of a running node over its socket.</summary>
public sealed class ControlTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public async Task PausedNode_ClaimsNothingWorksOnAndStaysPausedOverARestart()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var gate = node.Executor.WorkUntilSet();
        var first = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => node.Executor.Begun.ContainsKey(first.Question.Run), "the work begins");

        Assert.Equal(ExitCodes.Ok, (await AskAsync(node, "pause")).Code);
        var second = coordinator.State.Offer(alliance.Ask(Partner.Now));
        gate.SetResult();
        await node.EventuallyAsync(() => first.State.HasEnded, "what it had is finished");
        await node.StopAsync();
        await node.StartAsync();
        await node.EventuallyAsync(() => coordinator.State.HeartbeatLog.LastOrDefault()?.Mode == NodeMode.Paused, "the Coordinator knows");

        Assert.Equal(RunPhase.Queued, second.State.Phase);
        Assert.Equal(ExitCodes.Ok, (await AskAsync(node, "resume")).Code);
        await node.EventuallyAsync(() => second.State.HasEnded, "the rest is done after resuming");
    }

    [Fact]
    public async Task DrainedNode_FinishesAndDeliversWhatItHasAndStops()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var gate = node.Executor.WorkUntilSet();
        var first = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => node.Executor.Begun.ContainsKey(first.Question.Run), "the work begins");

        await AskAsync(node, "drain");
        var second = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => coordinator.State.HeartbeatLog.Any(beat => beat.Mode == NodeMode.Draining), "the Coordinator knows");
        Assert.False(node.HasStopped);
        gate.SetResult();
        await node.EventuallyAsync(() => node.HasStopped, "the node stops");

        Assert.Equal(RunOutcome.Succeeded, first.State.Outcome);
        Assert.Equal(RunPhase.Queued, second.State.Phase);
    }

    [Fact]
    public async Task Status_SaysHowTheNodeIs()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        node.Executor.WorkForever();
        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => node.Executor.Begun.ContainsKey(run.Question.Run), "the work begins");

        var (code, text, _) = await AskAsync(node, "status");
        var (_, json, _) = await AskAsync(node, "status", "--json");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("linked by WebSocket", text);
        Assert.Contains("serial 1, 2 roots", text);
        Assert.Contains($"{run.Question.Run} epoch 1: Running", text);
        var status = JsonDocument.Parse(json).RootElement.GetProperty("status");
        Assert.Equal("Running", status.GetProperty("runs")[0].GetProperty("phase").GetString());
        Assert.Equal(Modes.OwnersFile, Modes.Of(node.Home.ControlSocket));
    }

    [Fact]
    public async Task NodeThatIsNotRunning_IsSaidToBeSo()
    {
        await using var node = new TestNode(alliance, new Uri("http://127.0.0.1:9/"));

        var (code, _, error) = await AskAsync(node, "pause");

        Assert.Equal(ExitCodes.Conflict, code);
        Assert.Contains($"vantage node run --dir {node.Home.Root}", error);
    }

    [Fact]
    public async Task SecondNodeInTheSameDirectory_IsRefused()
    {
        await using var node = new TestNode(alliance, new Uri("http://127.0.0.1:9/"));
        using var first = Vantage.NodeAgent.Hosting.NodeLock.Take(node.Home);

        var (code, _, error) = await Verbs.RunAsync("run", "--dir", node.Home.Root);

        Assert.Equal(ExitCodes.Conflict, code);
        Assert.Contains("runs in", error);
    }

    [Fact]
    public async Task UnreadableJournal_StopsTheNodeBeforeItDoesAnything()
    {
        await using var node = new TestNode(alliance, new Uri("http://127.0.0.1:9/"));
        using (var journal = RunJournal.Open(node.Home.Journal))
        {
            journal.Write(new JournalRecord.ModeSet(NodeMode.Paused));
        }

        var bytes = File.ReadAllBytes(node.Home.Journal);
        bytes[20] ^= 1;
        File.WriteAllBytes(node.Home.Journal, bytes);

        var (code, _, error) = await Verbs.RunAsync("run", "--dir", node.Home.Root);

        Assert.Equal(ExitCodes.Configuration, code);
        Assert.Contains("damaged at byte", error);
        Assert.Equal(bytes, File.ReadAllBytes(node.Home.Journal));
    }

    private static Task<(int Code, string Out, string Error)> AskAsync(TestNode node, string verb, params string[] more) =>
        Verbs.RunAsync([verb, "--dir", node.Home.Root, .. more]);
}
