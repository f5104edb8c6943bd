using System.Text.Json;
using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Policy;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Approvals;

/// <summary>A node whose one rule asks a person, and that person at the node's command line.</summary>
internal sealed class ApprovalBench : IAsyncDisposable
{
    private ApprovalBench(Alliance alliance, FakeCoordinator coordinator, TestNode node) =>
        (Alliance, Coordinator, Node) = (alliance, coordinator, node);

    public Alliance Alliance { get; }

    public FakeCoordinator Coordinator { get; }

    public TestNode Node { get; }

    public AcceptRule Rule { get; set; } = PolicyWorld.Rule;

    public string Output { get; set; } = "{\"rows\":42}";

    public string? Log { get; set; }

    /// <summary>What the rule grants and the function asks for.</summary>
    public IReadOnlyList<EgressGrant> Egress { get; set; } = [];

    public static async Task<ApprovalBench> StartAsync(bool beforeRun = false, bool beforeRelease = false, string settings = "")
    {
        var alliance = new Alliance();
        var coordinator = await FakeCoordinator.StartAsync(alliance);
        var node = new TestNode(alliance, coordinator.Url, settings);
        var bench = new ApprovalBench(alliance, coordinator, node)
        {
            Rule = PolicyWorld.Rule with { Approval = new ApprovalRule(beforeRun, beforeRelease, TimeSpan.FromMinutes(20)) },
        };
        node.Executor.Script = bench.ExecuteAsync;
        await node.StartAsync();
        return bench;
    }

    public FakeRun Offer() => Coordinator.State.Offer(Alliance.Ask(Partner.Now));

    public Task WaitsAsync(FakeRun run, ApprovalGate gate) => Node.EventuallyAsync(
        () => Node.Book[run.Question.Run]?.Awaiting?.Gate == gate
            && run.Reports.LastOrDefault() is { Waiting: WaitingReason.AwaitingApproval },
        $"it waits {gate}");

    public Task EndsAsync(FakeRun run) => Node.EventuallyAsync(() => run.State.HasEnded, "the run ends");

    public Task<(int Code, string Out, string Error)> TypeAsync(string verb, params string[] more) =>
        Verbs.RunAsync(["approvals", verb, "--dir", Node.Home.Root, .. more]);

    /// <summary>What 'show' says the approval has to name.</summary>
    public async Task<string> DigestAsync(RunId run)
    {
        var (code, output, error) = await TypeAsync("show", run.ToString(), "--json");
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement.GetProperty("subject").GetString()!;
    }

    public async Task ApproveAsync(FakeRun run)
    {
        var (code, _, error) = await TypeAsync("approve", run.Question.Run.ToString(), "--digest", await DigestAsync(run.Question.Run));
        Assert.True(code == 0, error);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Coordinator.DisposeAsync();
    }

    private async Task<RunEnd> ExecuteAsync(RunOrder order, IRunProgress progress, CancellationToken stop)
    {
        var permit = new RunPermit(Rule, new PolicyDecision.Allowed("policy-1", Rule.Name), new Dictionary<string, IReadOnlyList<string>>()) { Egress = Egress };
        return AnalysisApproval.BeforeRun(order, permit)
            ?? AnalysisApproval.BeforeRelease(order, permit, await ScriptedExecutor.SucceedAsync(order, System.Text.Encoding.UTF8.GetBytes(Output), Log));
    }
}
