using System.Diagnostics;
using Federation.Tests.Failures.Questions;
using Federation.Tests.Links;

namespace Federation.Tests.Failures;

/// <summary>Lines that delay, break off or go silent, between node and Coordinator and between researcher and Coordinator.</summary>
[Collection(nameof(SmallerFederation))]
public sealed class SpoiledLineTests(SmallerFederation federation, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Seed = 20261121;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await federation.MendAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Line_OfAllNodes_SpoiledInEveryWay_GivesOneRightResultEach()
    {
        foreach (var (verb, kind) in new[]
        {
            (Verb.Delay, QuestionKind.Small), (Verb.Trickle, QuestionKind.Small), (Verb.Narrow, QuestionKind.Large),
            (Verb.Cut, QuestionKind.Large), (Verb.HangUp, QuestionKind.Large), (Verb.CutUp(Seed), QuestionKind.Large),
            (Verb.CutDown(Seed), QuestionKind.Small), (Verb.HalfOpen, QuestionKind.Small),
        })
        {
            await UnderAsync(verb, federation.Line, federation.Asker, kind);
        }
    }

    [Fact]
    public async Task Line_OfTheResearcher_SpoiledInEveryWay_GivesOneRightResultEach()
    {
        using var asker = await federation.AskerOverLineAsync();
        foreach (var (verb, kind) in new[]
        {
            (Verb.Delay, QuestionKind.Small), (Verb.Trickle, QuestionKind.Small), (Verb.Narrow, QuestionKind.Large),
            (Verb.Cut, QuestionKind.Large), (Verb.HangUp, QuestionKind.Large), (Verb.CutUp(Seed), QuestionKind.LongArguments),
            (Verb.CutDown(Seed), QuestionKind.Large), (Verb.HalfOpen, QuestionKind.Small),
        })
        {
            await UnderAsync(verb, federation.ResearchersLine, asker, kind);
        }
    }

    private async Task UnderAsync(Verb verb, TcpLink line, Asker asker, QuestionKind kind)
    {
        var began = Stopwatch.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var spoiling = verb.SpoilAsync(line, over.Token);
        var question = await asker.AskAsync(kind);
        await asker.VerifyAsync(question);
        await over.CancelAsync();
        await spoiling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        line.Weather = Weather.Fair;

        Assert.All(question.Executions, site => Assert.True(site.Value == 1, $"{verb.Name}: run {site.Value} times at {site.Key}"));
        output.WriteLine($"{verb.Name}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }
}
