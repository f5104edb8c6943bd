using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Runs;

/// <summary>A node and a Coordinator, from the claim to the sweep, when nothing goes wrong but the run itself.</summary>
public sealed class RunTests
{
    private readonly Alliance alliance = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_IsClaimedWorkedOnSealedAndCommitted(bool inputInline)
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        node.Executor.Script = (order, _, _) => ScriptedExecutor.SucceedAsync(order, "{\"n\":42}"u8.ToArray(), "a line\n");

        var run = await OfferAsync(coordinator, node, alliance.Ask(Partner.Now), inputInline);

        Assert.Equal(RunOutcome.Succeeded, run.State.Outcome);
        var opened = run.Open(alliance, coordinator.State, PayloadKind.Result);
        Assert.Equal("{\"n\":42}", opened.Text);
        Assert.Equal("everything", opened.Inner!.Policy.Rule);
        Assert.Equal("a line\n", run.Open(alliance, coordinator.State, PayloadKind.Log).Text);
        Assert.Equal("{\"columns\":[\"age\"]}", Encoding.UTF8.GetString(node.Executor.Orders.Single().Arguments.Span));
    }

    [Fact]
    public async Task Run_LeavesNoPlaintextBehind()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        node.Executor.Script = (order, _, _) => ScriptedExecutor.SucceedAsync(order, "a secret of the data"u8.ToArray(), "a secret");

        var run = await OfferAsync(coordinator, node, alliance.Ask(Partner.Now, arguments: "\"a secret argument\""u8.ToArray()));
        await node.EventuallyAsync(() => node.Book[run.Question.Run]!.Stage == RunStage.Acknowledged, "the commit is remembered");

        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Home.Work));
        var everything = Directory.EnumerateFiles(node.Home.State, "*", SearchOption.AllDirectories)
            .Where(file => file != node.Home.ControlSocket && file != node.Home.Lock);
        Assert.DoesNotContain(everything, file => Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains("secret"));
        Assert.DoesNotContain(node.Log, line => line.Contains("secret"));
    }

    [Fact]
    public async Task PolicyRefusal_IsAResultThatNamesTheRuleUnderSeal()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        node.Gate.Script = _ => new PolicyDecision.Refused("policy-7", "no strangers", "Ask Mary.");

        var run = await OfferAsync(coordinator, node, alliance.Ask(Partner.Now));

        Assert.Equal(RunOutcome.Refused, run.State.Outcome);
        var opened = run.Open(alliance, coordinator.State, PayloadKind.Error);
        Assert.Equal(RunCodes.PolicyRefused, opened.Outer.Code);
        Assert.Equal(("policy-7", "no strangers"), (opened.Inner!.Policy.Version, opened.Inner.Policy.Rule));
        var failure = JsonSerializer.Deserialize(opened.Body, AlgorithmsJson.Default.RunFailure)!;
        Assert.Equal("Ask Mary.", failure.Message);
        Assert.DoesNotContain("no strangers", run.Committed.Single().Receipt);
        Assert.Empty(node.Executor.Begun);
    }

    [Fact]
    public async Task StrangersManifest_IsRefusedAndTheStrangerIsToldNothing()
    {
        var stranger = new Alliance();
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var question = alliance.Ask(Partner.Now, m => m with { Recipients = [Alliance.Recipient(stranger.University)] });
        question = question with { Jws = Alliance.Sign(question.Manifest, stranger.University.UserKey, stranger.University.UserChain) };

        var run = await OfferAsync(coordinator, node, question);

        Assert.Equal(RunOutcome.Refused, run.State.Outcome);
        Assert.Equal(RunCodes.ManifestUntrusted, run.Read(run.Committed.Single()).Code);
        Assert.Empty(run.Committed.Single().Payloads);
        Assert.Empty(node.Executor.Begun);
    }

    [Fact]
    public async Task ExecutorsBug_EndsTheRunHonestlyWithItsDetailUnderSeal()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        node.Executor.Script = (_, _, _) => throw new InvalidOperationException("value 17 of patient 3");

        var run = await OfferAsync(coordinator, node, alliance.Ask(Partner.Now));

        Assert.Equal(RunOutcome.Failed, run.State.Outcome);
        var opened = run.Open(alliance, coordinator.State, PayloadKind.Error);
        Assert.Equal(RunCodes.NodeInternal, opened.Outer.Code);
        Assert.Contains("value 17 of patient 3", opened.Text);
        Assert.DoesNotContain("patient 3", run.Committed.Single().Receipt);
    }

    [Fact]
    public async Task ForeignInput_EndsTheRunWithoutAnythingStarted()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var other = alliance.Ask(Partner.Now);

        var run = await OfferAsync(coordinator, node, alliance.Ask(Partner.Now) with { Input = other.Input });

        Assert.Equal(RunCodes.InputUnreadable, run.Read(run.Committed.Single()).Code);
        Assert.Empty(node.Executor.Begun);
    }

    [Fact]
    public async Task MoreRunsThanSlots_AreWorkedOnAFewAtATimeInTheirOrder()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url, "parallelRuns: 2\n").StartAsync();
        var (now, most) = (0, 0);
        node.Executor.Script = async (order, _, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            var end = await ScriptedExecutor.SucceedAsync(order, "42"u8.ToArray());
            Interlocked.Decrement(ref now);
            return end;
        };

        var runs = Enumerable.Range(0, 10).Select(_ => coordinator.State.Offer(alliance.Ask(Partner.Now))).ToList();
        await node.EventuallyAsync(() => runs.All(run => run.State.HasEnded), "all runs end");

        Assert.InRange(most, 1, 2);
        Assert.All(runs, run => Assert.Equal(RunOutcome.Succeeded, run.State.Outcome));
        Assert.All(node.Executor.Begun.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Phases_ReachTheCoordinatorInOrderAndWithoutGoingBack()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var gate = node.Executor.WorkUntilSet();

        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => run.State.Phase == RunPhase.Running, "the Coordinator knows that it runs");
        gate.SetResult();
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");

        var phases = run.Reports.Select(report => report.Phase).ToList();
        Assert.Equal(phases.Order(), phases);
    }

    internal static async Task<FakeRun> OfferAsync(
        FakeCoordinator coordinator, TestNode node, Question question, bool inputInline = true)
    {
        var run = new FakeRun(question, null) { State = RunState.New(question.Manifest.NotAfter), InputInline = inputInline };
        coordinator.State.Runs[question.Run] = run;
        coordinator.State.Hint();
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");
        return run;
    }
}
