using System.Diagnostics;
using Federation.Tests.Failures.Points;
using Federation.Tests.Failures.Questions;
using Federation.Tests.Worlds;

namespace Federation.Tests.Failures;

[Collection(nameof(FailingFederation))]
public sealed class NodeFailpointTests(FailingFederation federation, ITestOutputHelper output) : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await federation.MendAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Node_KilledAtEachOfItsFailpoints_LosesNothingAndRunsNothingTwiceThatWasSealed()
    {
        var began = Stopwatch.GetTimestamp();
        // The slowest first.
        var cases = NodeFailpoints.All.Where(point => point.Kind is not (QuestionKind.Enrolling or QuestionKind.Contained))
            .OrderByDescending(point => point.Kind is QuestionKind.Short or QuestionKind.AtNode).ToList();
        var count = cases.Count;

        await Task.WhenAll(federation.World.Sites.Select(site => KillInTurnAsync(site, cases)));

        Assert.Empty(cases);
        output.WriteLine($"{count} kills of nodes in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        await federation.AssertCleanAsync();
    }

    private async Task KillInTurnAsync(Site site, List<FailpointCase> cases)
    {
        while (Next(cases, site) is { } point)
        {
            var began = Stopwatch.GetTimestamp();
            await site.Process!.DisposeAsync();
            if (point.LongJournal)
            {
                LongLife.Append(site);
            }

            var armed = federation.World.LaunchNode(site, point.Arming);
            var question = await federation.Asker.PoseAsync(point.Kind, site);
            await FailingFederation.DiedAsync(armed, point, Stop);
            federation.World.LaunchNode(site);
            await federation.Asker.VerifyAsync(question);
            var executions = question.Executions.Values.Sum();
            Assert.True(executions >= question.FewestExecutions && executions <= point.MostExecutions, $"{point}: the algorithm was run {executions} times");
            output.WriteLine($"{site.Name} {point}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, run {executions} times");
        }
    }

    /// <summary>Central functions run where the policies of the world say so.</summary>
    private FailpointCase? Next(List<FailpointCase> cases, Site site)
    {
        lock (cases)
        {
            var next = cases.Find(point => point.Kind != QuestionKind.AtNode || site == federation.World.Site);
            if (next is not null)
            {
                cases.Remove(next);
            }

            return next;
        }
    }
}
