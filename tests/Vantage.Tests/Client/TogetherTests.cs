using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Client.Together;
using Vantage.Protocol.Calls;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Client;

/// <summary>Programs that share their rounds give what they give alone, and nothing of one reaches another.</summary>
public sealed partial class TogetherTests
{
    [Fact]
    public async Task ProgramsOfDifferentLengths_TakeAsManyTasksAsTheLongest_AndAnswerAsAlone()
    {
        await using var federation = await StartAsync();
        var together = await PrepareAsync(federation);
        int[] lengths = [3, 1, 2, 1, 3];

        var asked = lengths.Select((rounds, i) => Ask(together, rounds, $"p{i}")).ToList();
        await together.RunAsync(TestContext.Current.CancellationToken);

        foreach (var (answer, i) in (await Task.WhenAll(asked)).Select((answer, i) => (answer, i)))
        {
            Assert.Equal(string.Join(' ', Enumerable.Range(1, lengths[i]).Select(round => $"p{i}.{round}@North,South,West")), answer.Require().Text);
            Assert.Equal((TaskOutcome.Succeeded, lengths[i] * 3), (answer.Outcome, answer.Receipts.Count));
        }

        Assert.Equal([5, 3, 2], together.Tasks.Select(task => Calls(federation, task).Count));
        Assert.All(together.Tasks, task => Assert.Equal(CallBatch.Function, ManifestOf(federation, task).Function));
    }

    [Fact]
    public async Task TheLastProgram_AsksAsIfItWereAlone()
    {
        await using var federation = await StartAsync();
        var together = await PrepareAsync(federation);

        var (long_, short_) = (Ask(together, 2, "long"), Ask(together, 1, "short"));
        await together.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal([CallBatch.Function, "step"], together.Tasks.Select(task => ManifestOf(federation, task).Function));
        Assert.Equal(2, (await long_).Require().Text.Split(' ').Length);
        Assert.Equal(TaskOutcome.Succeeded, (await short_).Outcome);
    }

    [Fact]
    public async Task ARefusalOrFailure_IsThatOfItsOwnQuestion()
    {
        await using var federation = await StartAsync(call => call.Name switch
        {
            "refused" => new CallAnswer { End = CallEnd.Refused, Code = RunCodes.PolicyRefused, Rule = "age only", Message = "Not this column." },
            "failed" => new CallAnswer { End = CallEnd.Failed, Code = RunCodes.DataInvalid, Message = "patients, line 7: 3 cells." },
            _ => null,
        });
        var together = await PrepareAsync(federation);

        var (good, refused, failed) = (Ask(together, 2, "good"), Ask(together, 2, "refused"), Ask(together, 2, "failed"));
        await together.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("good.1@North,South,West good.2@North,South,West", (await good).Require().Text);
        Assert.Equal((TaskOutcome.Refused, 0), ((await refused).Outcome, (await refused).Sites.Answered.Count));
        Assert.Contains("'age only': Not this column.", (await refused).Sites.Missing[0].Why, StringComparison.Ordinal);
        Assert.Equal((TaskOutcome.Failed, RunCodes.DataInvalid), ((await failed).Outcome, (await failed).Sites.Missing[0].Code));
        Assert.Throws<VantageException>(() => failed.Result.Require());
    }

    [Fact]
    public async Task WhatIsToBeAskedAlone_IsAskedAlone_AtTheSitesThatSaySo()
    {
        await using var federation = await StartAsync(call => call is { Name: "alone", Site: "South" } ? new CallAnswer { End = CallEnd.Alone } : null);
        var together = await PrepareAsync(federation);

        var (alone, other) = (Ask(together, 1, "alone"), Ask(together, 1, "other"));
        await together.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("alone.1@North,South,West", (await alone).Require().Text);
        Assert.Equal(TaskOutcome.Succeeded, (await other).Outcome);
        Assert.Equal(["North,South,West", "South"], together.Tasks.Select(task => SitesOf(federation, task)));
    }

    [Fact]
    public async Task ANodeOfBeforeThereWereCalls_IsAskedOneByOne()
    {
        await using var federation = await StartAsync();
        var usual = federation.Answer;
        federation.Answer = (site, run) => site.Root.Name == "West" && run.Manifest.Function == CallBatch.Function
            ? run.Fail(RunOutcome.Failed, RunCodes.AlgorithmUnknown, "'summary' has no function 'calls.v1'.") : usual(site, run);
        var together = await PrepareAsync(federation);

        var asked = Enumerable.Range(0, 3).Select(i => Ask(together, 1, $"p{i}")).ToList();
        await together.RunAsync(TestContext.Current.CancellationToken);

        Assert.All(await Task.WhenAll(asked), answer => Assert.EndsWith("@North,South,West", answer.Require().Text, StringComparison.Ordinal));
        Assert.Equal(["North,South,West", "West", "West", "West"], together.Tasks.Select(task => SitesOf(federation, task)));
    }

    [Fact]
    public async Task WhereFewerSitesAreWelcome_AProgramGoesOnWithoutTheSiteThatFailedIt_AndOthersKeepIt()
    {
        await using var federation = await StartAsync(call => call is { Name: "p0", Site: "South", Round: 2 }
            ? new CallAnswer { End = CallEnd.Failed, Code = RunCodes.DataInvalid, Message = "line 7" } : null);
        var together = await PrepareAsync(federation, acceptMissing: true);

        var (one, other) = (Ask(together, 2, "p0"), Ask(together, 2, "p1"));
        await together.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("p0.1@North,West p0.2@North,West", (await one).Require().Text);
        Assert.Equal("p1.1@North,South,West p1.2@North,South,West", (await other).Require().Text);
    }

    [Fact]
    public async Task AProgramThatThrows_KeepsNobodyWaiting()
    {
        await using var federation = await StartAsync();
        var together = await PrepareAsync(federation);

        var (bad, good) = (Ask(together, -1, "bad"), Ask(together, 2, "good"));
        await together.RunAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.Equal(TaskOutcome.Succeeded, (await good).Outcome);
    }

    [Fact]
    public async Task InOneProcess_ARoundIsSharedByThoseThatWait_AndAnswersAreThoseOfSinglePrograms()
    {
        var federation = new InProcessFederation(new InProcessSite("A", Array.Empty<ITable>()), new InProcessSite("B", Array.Empty<ITable>()));
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var random = new Random(seed);
            var lengths = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 5)).ToList();
            var together = new InProcessTogether(federation);

            var asked = lengths.Select((rounds, i) => together.Ask(Program, new StepArguments($"p{i}", rounds, 0, ""))).ToList();
            await together.RunAsync();

            foreach (var (rounds, i) in lengths.Select((rounds, i) => (rounds, i)))
            {
                Assert.Equal(await Program.RunAsync(federation, new StepArguments($"p{i}", rounds, 0, ""), TestContext.Current.CancellationToken), await asked[i]);
            }

            Assert.Equal(Enumerable.Range(1, lengths.Max()).Select(round => lengths.Index().Where(p => p.Item >= round).Select(p => p.Index)), together.Rounds);
        }
    }

    private static PartialFunction<StepArguments, StepPartial> Step { get; } = Function.Partial("step", "Says who it is.",
        TogetherJson.Default.StepArguments, TogetherJson.Default.StepPartial, (context, _, _, _) => Task.FromResult(new StepPartial(context.Site)));

    private static CentralFunction<StepArguments, Trace> Program { get; } = Function.Central("central", "So many rounds.",
        TogetherJson.Default.StepArguments, TogetherJson.Default.Trace, StepAsync);

    private static Algorithm Algorithm { get; } = new("steps", "1.0.0", "Steps.", typeof(TogetherTests).Assembly, Step, Program);

    private static async Task<Trace> StepAsync(IFederation sites, StepArguments asked, CancellationToken cancellationToken)
    {
        _ = asked.Rounds >= 0 ? 0 : throw new InvalidOperationException("It has a fault of its own.");
        var trace = "";
        foreach (var round in Enumerable.Range(1, asked.Rounds))
        {
            var answers = (await sites.RunAsync(Algorithm, Step, asked with { Round = round, Before = trace }, cancellationToken)).All();
            trace = $"{trace} {asked.Name}.{round}@{string.Join(',', answers.Select(a => a.Value.Site))}".Trim();
        }

        return new Trace(trace);
    }

    private static Task<Answer<Trace>> Ask(QuestionsTogether together, int rounds, string name) =>
        together.Ask("steps", Program, new StepArguments(name, rounds, 0, ""));

    private sealed record SeenCall(string Site, string Name, int Round);

    private static async Task<FakeFederation> StartAsync(Func<SeenCall, CallAnswer?>? otherwise = null)
    {
        var federation = await FakeFederation.StartAsync("South", "West");
        federation.Answer = (site, run) => run.Manifest.Function == CallBatch.Function
            ? run.Succeed(JsonSerializer.SerializeToUtf8Bytes(new CallAnswers(1, [.. CallBatch.Read(run.OpenInput(), run.Manifest.Algorithm).Calls.Select(call =>
            {
                var step = call.Arguments.Deserialize(TogetherJson.Default.StepArguments)!;
                return otherwise?.Invoke(new SeenCall(site.Root.Name, step.Name, step.Round))
                    ?? new CallAnswer { End = CallEnd.Succeeded, Result = JsonSerializer.SerializeToElement(new StepPartial(site.Root.Name), TogetherJson.Default.StepPartial) };
            })]), CallsJson.Default.CallAnswers))
            : run.Succeed(JsonSerializer.SerializeToUtf8Bytes(new StepPartial(site.Root.Name), TogetherJson.Default.StepPartial));
        return federation;
    }

    private static Task<QuestionsTogether> PrepareAsync(FakeFederation federation, bool acceptMissing = false) => QuestionsTogether.PrepareAsync(
        federation.Client(), new()
        {
            Collaboration = federation.Collaboration, AcceptMissing = acceptMissing, Resolve = _ => federation.Algorithm,
            Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
        }, TestContext.Current.CancellationToken);

    private static TaskManifest ManifestOf(FakeFederation federation, Vantage.Protocol.Ids.TaskId task) =>
        federation.Runs.Values.First(run => run.Manifest.Task == task).Manifest;

    private static IReadOnlyList<BatchedCall> Calls(FakeFederation federation, Vantage.Protocol.Ids.TaskId task) =>
        CallBatch.Read(federation.Runs.Values.First(run => run.Manifest.Task == task).OpenInput(), federation.Algorithm).Calls;

    private static string SitesOf(FakeFederation federation, Vantage.Protocol.Ids.TaskId task) =>
        string.Join(',', federation.Runs.Values.Where(run => run.Manifest.Task == task).Select(run => run.Site.Root.Name).Order());

    private sealed record StepArguments(string Name, int Rounds, int Round, string Before);

    private sealed record StepPartial(string Site);

    private sealed record Trace(string Text);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(StepArguments))]
    [JsonSerializable(typeof(StepPartial))]
    [JsonSerializable(typeof(Trace))]
    private sealed partial class TogetherJson : JsonSerializerContext;
}
