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
        var cases = new Queue<FailpointCase>(NodeFailpoints.All.OrderByDescending(point => point.Kind == QuestionKind.Short));

        await Task.WhenAll(federation.World.Sites.Select(site => KillInTurnAsync(site, cases)));

        Assert.Empty(cases);
        output.WriteLine($"{NodeFailpoints.All.Count} kills of nodes in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        await federation.AssertCleanAsync();
    }

    private async Task KillInTurnAsync(Site site, Queue<FailpointCase> cases)
    {
        while (Next(cases) is { } point)
        {
            var began = Stopwatch.GetTimestamp();
            await site.Process!.DisposeAsync();
            var armed = federation.World.LaunchNode(site, point.Arming);
            var question = await federation.Asker.PoseAsync(point.Kind, site);
            await FailingFederation.DiedAsync(armed, point, Stop);
            federation.World.LaunchNode(site);
            await federation.Asker.VerifyAsync(question);
            var executions = question.Executions.Values.Sum();
            // Cancelled once it runs, which may be before the algorithm's first step.
            var fewest = point.Kind == QuestionKind.Cancelled ? 0 : 1;
            Assert.True(executions >= fewest && executions <= point.MostExecutions, $"{point}: the algorithm was run {executions} times");
            output.WriteLine($"{site.Name} {point}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, run {executions} times");
        }
    }

    private static FailpointCase? Next(Queue<FailpointCase> cases)
    {
        lock (cases)
        {
            return cases.TryDequeue(out var next) ? next : null;
        }
    }
}

[CollectionDefinition(nameof(FailingFederation))]
public sealed class FailingFederationCollection : ICollectionFixture<FailingFederation>;
