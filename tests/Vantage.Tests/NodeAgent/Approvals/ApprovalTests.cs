using System.Text.Json;
using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Policy;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.NodeAgent.Policy;

namespace Vantage.Tests.NodeAgent.Approvals;

/// <summary>Runs that wait for a person of the site: a whole node in this process, its journal and its control socket.</summary>
public sealed class ApprovalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BeforeARun_ItWaitsOutsideTheSlots_AndBeginsWithExactlyWhatWasApproved()
    {
        await using var bench = await ApprovalBench.StartAsync(beforeRun: true, settings: "parallelRuns: 1");
        var first = bench.Offer();
        await bench.WaitsAsync(first, ApprovalGate.BeforeRun);
        var second = bench.Offer();
        await bench.WaitsAsync(second, ApprovalGate.BeforeRun);

        await bench.ApproveAsync(second);
        await bench.EndsAsync(second);

        Assert.Equal(RunOutcome.Succeeded, second.State.Outcome);
        Assert.False(first.State.HasEnded);
        Assert.Contains(first.Reports, report => report is { Phase: RunPhase.Preparing, Waiting: WaitingReason.AwaitingApproval });
        var said = Assert.Single(second.Open(bench.Alliance, bench.Coordinator.State, PayloadKind.Result).Inner!.Approvals!);
        Assert.Equal(("before-run", "approved"), (said.Gate, said.Word));
        Assert.EndsWith(Environment.UserName, said.By, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BeforeARelease_TheVeryBytesAreHeldOverARestart_AndTheAlgorithmIsNotRunAgain()
    {
        await using var bench = await ApprovalBench.StartAsync(beforeRelease: true);
        bench.Log = "a line of the algorithm's\n";
        var run = bench.Offer();
        await bench.WaitsAsync(run, ApprovalGate.BeforeRelease);
        Assert.Empty(run.Attempts);

        await bench.Node.StopAsync();
        var files = Directory.EnumerateFiles(bench.Node.Home.State, "*", SearchOption.AllDirectories).Where(File.Exists).ToList();
        await bench.Node.StartAsync();
        await bench.Node.EventuallyAsync(() => File.Exists(bench.Node.Home.ControlSocket), "it listens again");
        var (_, shown, _) = await bench.TypeAsync("show", run.Question.Run.ToString());
        await bench.ApproveAsync(run);
        await bench.EndsAsync(run);

        Assert.All(files, file => Assert.DoesNotContain("rows", File.Exists(file) ? File.ReadAllText(file) : "", StringComparison.Ordinal));
        Assert.Contains(bench.Output, shown, StringComparison.Ordinal);
        Assert.Contains("a line of the algorithm's", shown, StringComparison.Ordinal);
        Assert.Contains("\"University North\"", shown, StringComparison.Ordinal);
        Assert.Contains("arguments   {\"columns\":[\"age\"]}", shown, StringComparison.Ordinal);
        var opened = run.Open(bench.Alliance, bench.Coordinator.State, PayloadKind.Result);
        Assert.Equal(bench.Output, opened.Text);
        Assert.Equal("before-release", Assert.Single(opened.Inner!.Approvals!).Gate);
        Assert.Equal("scripted", opened.Inner.Sandbox!.Runtime);
        Assert.Equal(1, bench.Node.Executor.Begun[run.Question.Run]);
        await bench.Node.EventuallyAsync(
            () => !Directory.EnumerateFiles(bench.Node.Home.Runs, "held-*", SearchOption.AllDirectories).Any(), "its own copy is swept");
    }

    [Fact]
    public async Task Approval_NamesWhatWasShown_OrNothingHappens()
    {
        await using var bench = await ApprovalBench.StartAsync(beforeRelease: true);
        var run = bench.Offer();
        await bench.WaitsAsync(run, ApprovalGate.BeforeRelease);
        var (id, other) = (run.Question.Run.ToString(), "sha256:" + new string('0', 64));

        var (without, _, _) = await bench.TypeAsync("approve", id);
        var (wrong, _, error) = await bench.TypeAsync("approve", id, "--digest", other);
        var (unknown, _, _) = await bench.TypeAsync("approve", "run_" + new string('0', 32), "--digest", other);

        Assert.Equal((ExitCodes.Usage, ExitCodes.Conflict, ExitCodes.NotFound), (without, wrong, unknown));
        Assert.Contains("Look again", error, StringComparison.Ordinal);
        Assert.NotNull(bench.Node.Book[run.Question.Run]!.Awaiting);
    }

    /// <summary>Who agrees to a run that reaches outside sees where to; another place under the same name is another question.</summary>
    [Fact]
    public async Task AWayOutside_IsListedAndShown_AndIsPartOfWhatIsApproved()
    {
        await using var bench = await ApprovalBench.StartAsync(beforeRun: true);
        bench.Egress = [new EgressGrant("terms", "terms.example.org", 443, Private: false)];
        var run = bench.Offer();
        await bench.WaitsAsync(run, ApprovalGate.BeforeRun);

        var (_, list, _) = await bench.TypeAsync("list");
        var (_, shown, _) = await bench.TypeAsync("show", run.Question.Run.ToString());
        var before = await bench.DigestAsync(run.Question.Run);
        bench.Egress = [new EgressGrant("terms", "elsewhere.example.org", 443, Private: false)];
        await bench.ApproveAsync(run);
        await bench.Node.EventuallyAsync(() => bench.Node.Executor.Begun[run.Question.Run] == 2 && bench.Node.Book[run.Question.Run]!.Awaiting is not null, "it asks anew");

        Assert.Contains("and reaches outside: terms.example.org:443", list, StringComparison.Ordinal);
        Assert.Contains("reaches     terms.example.org:443, which it asks for as \"terms\"", shown, StringComparison.Ordinal);
        Assert.NotEqual(before, await bench.DigestAsync(run.Question.Run));
    }

    [Fact]
    public async Task WhatChangedAfterItWasApproved_WaitsAgain()
    {
        await using var bench = await ApprovalBench.StartAsync(beforeRun: true, beforeRelease: true);
        var run = bench.Offer();
        await bench.WaitsAsync(run, ApprovalGate.BeforeRun);
        var before = await bench.DigestAsync(run.Question.Run);

        bench.Rule = bench.Rule with { Data = [new DataGrant("patients", PolicyWorld.Set("age"))] };
        await bench.ApproveAsync(run);
        await bench.Node.EventuallyAsync(() => bench.Node.Executor.Begun[run.Question.Run] == 2 && bench.Node.Book[run.Question.Run]!.Awaiting is not null, "it asks anew");

        Assert.Equal(ApprovalGate.BeforeRun, bench.Node.Book[run.Question.Run]!.Awaiting!.Gate);
        Assert.NotEqual(before, await bench.DigestAsync(run.Question.Run));
        await bench.ApproveAsync(run);
        await bench.WaitsAsync(run, ApprovalGate.BeforeRelease);
        await bench.ApproveAsync(run);
        await bench.EndsAsync(run);
        Assert.Equal(["before-run", "before-release"],
            run.Open(bench.Alliance, bench.Coordinator.State, PayloadKind.Result).Inner!.Approvals!.Select(approval => approval.Gate));
    }

    [Fact]
    public async Task Denied_ItEndsWithItsCodeAndThePersonsReason_AndNothingOfTheResultLeaves()
    {
        await using var bench = await ApprovalBench.StartAsync(beforeRelease: true);
        var run = bench.Offer();
        await bench.WaitsAsync(run, ApprovalGate.BeforeRelease);

        var (code, _, _) = await bench.TypeAsync("deny", run.Question.Run.ToString(), "--reason", "Not before May.", "--json");
        await bench.EndsAsync(run);

        Assert.Equal(ExitCodes.Ok, code);
        var opened = run.Open(bench.Alliance, bench.Coordinator.State, PayloadKind.Error);
        Assert.Equal((RunOutcome.Refused, RunCodes.ApprovalDenied), (opened.Outer.Outcome, opened.Outer.Code));
        Assert.Contains("Not before May.", opened.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("rows", opened.Text, StringComparison.Ordinal);
        Assert.Equal(PayloadKind.Error, Assert.Single(run.Committed.Single().Payloads).Kind);
        Assert.Equal("denied", Assert.Single(opened.Inner!.Approvals!).Word);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unanswered_ItEndsAtItsTime(bool beforeRun)
    {
        await using var bench = await ApprovalBench.StartAsync(beforeRun, beforeRelease: !beforeRun);
        var run = bench.Offer();
        await bench.WaitsAsync(run, beforeRun ? ApprovalGate.BeforeRun : ApprovalGate.BeforeRelease);

        bench.Node.Clock.Advance(TimeSpan.FromMinutes(21));
        await bench.EndsAsync(run);

        var opened = run.Open(bench.Alliance, bench.Coordinator.State, PayloadKind.Error);
        Assert.Equal((RunOutcome.Refused, RunCodes.ApprovalExpired), (opened.Outer.Outcome, opened.Outer.Code));
        Assert.Null(Assert.Single(opened.Inner!.Approvals!).By);
    }

    [Fact]
    public async Task HeldWorkThatTheDiskChanged_NeverLeavesAndNeverRunsAgain()
    {
        await using var bench = await ApprovalBench.StartAsync(beforeRelease: true);
        var run = bench.Offer();
        await bench.WaitsAsync(run, ApprovalGate.BeforeRelease);
        var held = Directory.EnumerateFiles(bench.Node.Home.Runs, "held-result.sealed", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(held, Cancellation);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(held, bytes, Cancellation);

        var (code, _, _) = await bench.TypeAsync("show", run.Question.Run.ToString());
        await bench.ApproveAsync(run);
        await bench.EndsAsync(run);

        Assert.Equal(ExitCodes.Untrusted, code);
        Assert.Equal(RunCodes.ResultDamaged, run.Open(bench.Alliance, bench.Coordinator.State, PayloadKind.Error).Outer.Code);
        Assert.Equal(1, bench.Node.Executor.Begun[run.Question.Run]);
    }

    [Fact]
    public async Task TakenBackByItsAsker_ItWaitsNoLonger()
    {
        await using var bench = await ApprovalBench.StartAsync(beforeRun: true);
        var run = bench.Offer();
        await bench.WaitsAsync(run, ApprovalGate.BeforeRun);

        bench.Coordinator.State.Cancel(run.Question.Run);
        await bench.Node.EventuallyAsync(() => bench.Node.Book[run.Question.Run]?.Awaiting is null, "it is given up");

        var (_, text, _) = await bench.TypeAsync("list", "--json");
        Assert.Empty(JsonDocument.Parse(text).RootElement.GetProperty("waiting").EnumerateArray());
    }
}
