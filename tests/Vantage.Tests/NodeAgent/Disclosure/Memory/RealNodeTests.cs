using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Runs;
using Vantage.Tests.Worker;

namespace Vantage.Tests.NodeAgent.Disclosure.Memory;

/// <summary>The real program, killed without a warning between two questions of which one less the other is three people.</summary>
public sealed class RealNodeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-three-");
    private readonly Alliance alliance = new(TimeProvider.System.GetUtcNow());

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task AKilledNode_StillKnowsWhatLeft_AndTheReceiptSaysWhyTheSecondAnswerStayed()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = new TestNode(alliance, coordinator.Url, $"sources:\n  - {{ id: patients, path: '{Data}' }}\n");
        await File.WriteAllTextAsync(node.Home.Policy, Policy, TestContext.Current.CancellationToken);
        Write(40);
        var first = await AskAsync(coordinator, node, program => program.Kill());
        Write(43);

        var second = await AskAsync(coordinator, node, _ => { });
        var third = await AskAsync(coordinator, node, _ => { }, forget: true);

        Assert.Equal((RunOutcome.Succeeded, RunOutcome.Refused, RunOutcome.Succeeded), (first.State.Outcome, second.State.Outcome, third.State.Outcome));
        var opened = second.Open(alliance, coordinator.State, PayloadKind.Error);
        Assert.Contains("differ from those of an answer that left before in fewer than 10 rows", opened.Text, StringComparison.Ordinal);
        Assert.Contains("a frame that was prepared then still holds them", opened.Text, StringComparison.Ordinal);
        Assert.Equal(RunCodes.PolicyRefused, opened.Outer.Code);
        Assert.Equal("summaries", opened.Inner!.Policy.Rule);
        Assert.Equal("refused", opened.Inner.Sandbox!.Enforced["differencing"]);
        Assert.Contains("differencing 10 rows", opened.Inner.Sandbox.Enforced["disclosure"], StringComparison.Ordinal);
        Assert.Equal(1, opened.Inner.Suppressions);
    }

    private string Data => Path.Combine(folder.FullName, "patients.csv");

    private string Policy => $$"""
        version: 1
        runtime:
          process: {{Vantage.NodeAgent.Policy.NodePolicy.ProcessConsent}}
        accept:
          - name: summaries
            collaborations: [{{alliance.Collaboration}}]
            requesters: { organizations: [{{alliance.University.Id}}] }
            algorithms: ["builtin:summary@*"]
            functions: [partial]
            data: [{ source: patients }]
            recipients: { organizations: [{{alliance.University.Id}}] }
        """;

    private async Task<FakeRun> AskAsync(FakeCoordinator coordinator, TestNode node, Action<System.Diagnostics.Process> then, bool forget = false)
    {
        using var worker = WorkerProcess.Start(WorkerProcess.Vantage, "catalogue");
        var listed = (await worker.EndAsync()).Output.Split('\n').Select(line => line.Trim());
        var algorithm = AlgorithmRef.Parse(listed.First(line => line.StartsWith("builtin:summary@", StringComparison.Ordinal)));
        // A killed node leaves it, and nobody listens there.
        File.Delete(node.Home.ControlSocket);
        using var program = KillTests.Start(node);
        try
        {
            if (forget)
            {
                await node.EventuallyAsync(() => File.Exists(node.Home.ControlSocket), "the node listens");
                Assert.Equal(ExitCodes.Ok, (await Verbs.RunAsync("memory", "forget", "patients", "--dir", node.Home.Root)).Code);
            }

            var run = coordinator.State.Offer(alliance.Ask(TimeProvider.System.GetUtcNow(), manifest => manifest with { Algorithm = algorithm }));
            await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");
            then(program);
            return run;
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private void Write(int rows) => File.WriteAllText(Data, "age\n" + string.Concat(Enumerable.Range(1, rows).Select(i => $"{20 + (i * 7 % 60)}.{i}\n")));
}
