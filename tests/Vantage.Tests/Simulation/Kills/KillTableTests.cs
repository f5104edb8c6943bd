using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.Simulation.Kills;

/// <summary>Each state × each fault × each policy, by name.</summary>
public sealed class KillTableTests
{
    public static TheoryData<LostNodePolicy, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<LostNodePolicy, string, string>();
            foreach (var policy in Enum.GetValues<LostNodePolicy>())
            {
                foreach (var state in Kill.States.Keys)
                {
                    foreach (var fault in Kill.Faults.Keys)
                    {
                        cells.Add(policy, state, fault);
                    }
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void ARun_ComesToOneEnd(LostNodePolicy policy, string state, string fault)
    {
        var verdict = Kill.Try(policy, state, fault);

        Assert.True(verdict.Broken is null, $"{verdict.Broken}\n{string.Join('\n', Kill.Try(policy, state, fault, tells: true).Trace)}");
        Assert.Contains(Assert.Single(verdict.Runs).State.Outcome, (RunOutcome?[])[RunOutcome.Succeeded, RunOutcome.Lost]);
        Assert.True(policy == LostNodePolicy.Fail || verdict.Runs[0].State.Outcome == RunOutcome.Succeeded, "only 'fail' gives up");
    }

    [Fact]
    public async Task ThePage_SaysWhatHappens()
    {
        var page = Checkout.PathOf("docs/simulation.md");
        var printed = KillTable.Print();
        if (Environment.GetEnvironmentVariable("VANTAGE_PRINT_DOCS") == "1")
        {
            await File.WriteAllTextAsync(page, printed, TestContext.Current.CancellationToken);
        }

        Assert.Equal(printed, await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }
}
