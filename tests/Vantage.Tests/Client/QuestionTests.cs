using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Client.Asking;
using Vantage.Client.Federation;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Client;

/// <summary>Programs of several rounds: their number is over one fixed set of sites, whoever drops out when.</summary>
public sealed partial class QuestionTests
{
    private static readonly string[] Steps = ["1", "2", "3"];

    [Fact]
    public async Task SiteThatDropsOutMidway_IsInNoRoundOfTheResult()
    {
        await using var federation = await StartAsync(failing: ("South", "2"));
        var dropped = new List<string>();
        var question = await PrepareAsync(federation, acceptMissing: true);
        question.OnDropped = (missing, left) =>
            dropped.Add($"{string.Join(' ', missing.Select(m => m.Site))} | {string.Join(' ', left)}");

        var answer = await question.RunAsync(Program, cancellationToken: TestContext.Current.CancellationToken);

        // Steps of North and West alone: had the first step kept South's share, the trace would tell.
        Assert.Equal("1:North,West 2:North,West 3:North,West", answer.Require()!.Value.GetProperty("trace").GetString());
        Assert.Equal((TaskOutcome.Partial, true), (answer.Outcome, answer.Sites.Holds));
        Assert.Equal(["North", "West"], answer.Sites.Answered);
        Assert.Equal(("South", RunCodes.DataInvalid), (answer.Sites.Missing[0].Site, answer.Sites.Missing[0].Code));
        Assert.Contains("line 7", answer.Sites.Missing[0].Why, StringComparison.Ordinal);
        Assert.Equal(["South | North West"], dropped);
    }

    [Fact]
    public async Task StartingAgain_AsksNobodyTheSameQuestionTwice()
    {
        await using var federation = await StartAsync(failing: ("South", "2"));
        var question = await PrepareAsync(federation, acceptMissing: true);

        await question.RunAsync(Program, cancellationToken: TestContext.Current.CancellationToken);

        // One round of three, a second in which South fails; then the second differs, since the first now has two sites.
        Assert.Equal(["1 @ North,South,West", "2 after 1:North,South,West @ North,South,West",
            "2 after 1:North,West @ North,West", "3 after 1:North,West 2:North,West @ North,West"],
            RoundsOf(federation, question));
    }

    [Fact]
    public async Task SiteThatDropsOut_LeavesNoResult_UnlessFewerAreWelcome()
    {
        await using var federation = await StartAsync(failing: ("South", "2"));
        var question = await PrepareAsync(federation, acceptMissing: false);

        var answer = await question.RunAsync(Program, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((TaskOutcome.Partial, false, null), (answer.Outcome, answer.Sites.Holds, answer.Result));
        Assert.Equal(["South"], answer.Sites.Missing.Select(m => m.Site));
        Assert.Contains("2 of 3 sites answered", answer.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal([1, 1, 1, 2, 2, 2], answer.Receipts.Select(r => r.Round));
    }

    [Fact]
    public async Task RetryOfAProgramOfRounds_GoesOnWhereItsAnswersEnd()
    {
        await using var federation = await StartAsync(failing: ("South", "2"));
        var question = await PrepareAsync(federation, acceptMissing: false);
        await question.RunAsync(Program, cancellationToken: TestContext.Current.CancellationToken);
        federation.Answer = (site, run) => Succeed(site, run);

        var recalled = Question.Recall(federation.Client(), question.Job)!;
        var answer = await recalled.RunAsync(Program, ["South"], TestContext.Current.CancellationToken);

        Assert.Equal(TaskOutcome.Succeeded, answer.Outcome);
        Assert.Equal("1:North,South,West 2:North,South,West 3:North,South,West",
            answer.Require()!.Value.GetProperty("trace").GetString());
        Assert.Equal(["1 @ North,South,West", "2 after 1:North,South,West @ North,South,West",
            "2 after 1:North,South,West @ South",
            "3 after 1:North,South,West 2:North,South,West @ North,South,West"], RoundsOf(federation, recalled));
        var again = Question.Recall(federation.Client(), question.Job)!.Answer!;
        Assert.Equal(answer.Require()!.Value.GetRawText(), again.Result!.Value.GetRawText());
    }

    [Fact]
    public async Task ProgramThatThrows_IsAnAnswerWithoutAResult()
    {
        await using var federation = await StartAsync(failing: ("nobody", ""));
        var question = await PrepareAsync(federation, acceptMissing: false);
        var faulty = Function.Central<StepArguments, Trace>("central", "Fails.", Json.Default.StepArguments, Json.Default.Trace,
            async (sites, arguments, cancellationToken) =>
            {
                await sites.RunAsync(Algorithm, Step, arguments, cancellationToken);
                throw new InvalidOperationException("South's numbers contradict each other");
            });

        var answer = await question.RunAsync(faulty, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((TaskOutcome.Failed, false), (answer.Outcome, answer.Sites.Holds));
        Assert.Contains("South's numbers contradict", answer.Problem!.Message, StringComparison.Ordinal);
        Assert.Contains("could not be put together", answer.Sites.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TypedResult_ComesWithItsSitesAndReceipts()
    {
        await using var federation = await StartAsync(failing: ("nobody", ""));

        var answer = await federation.Client().RunAsync("steps", Program, new StepArguments("", ""), Options(federation, false),
            TestContext.Current.CancellationToken);

        Assert.StartsWith("1:North,South,West", answer.Require().Text, StringComparison.Ordinal);
        Assert.Equal((3, 9), (answer.Sites.Answered.Count, answer.Receipts.Count));
    }

    private static PartialFunction<StepArguments, StepPartial> Step { get; } = Function.Partial("step", "Says who it is.",
        Json.Default.StepArguments, Json.Default.StepPartial,
        (context, _, _, _) => Task.FromResult(new StepPartial(context.Site)));

    /// <summary>Each step's arguments hold who answered the ones before, as an iterative fit's do.</summary>
    private static CentralFunction<StepArguments, Trace> Program { get; } = Function.Central("central", "Three steps.",
        Json.Default.StepArguments, Json.Default.Trace, StepAsync);

    private static Algorithm Algorithm { get; } = new("steps", "1.0.0", "Steps.", typeof(QuestionTests).Assembly, Step, Program);

    private static async Task<Trace> StepAsync(IFederation sites, StepArguments asked, CancellationToken cancellationToken)
    {
        var trace = new List<string>();
        foreach (var step in Steps)
        {
            var arguments = asked with { Step = step, Before = string.Join(' ', trace) };
            var answers = (await sites.RunAsync(Algorithm, Step, arguments, cancellationToken)).All();
            trace.Add($"{step}:{string.Join(',', answers.Select(a => a.Value.Site))}");
        }

        return new Trace(string.Join(' ', trace));
    }

    private static async Task<FakeFederation> StartAsync((string Site, string Step) failing)
    {
        var federation = await FakeFederation.StartAsync("South", "West");
        federation.Answer = (site, run) => site.Root.Name == failing.Site && Asked(run).Step == failing.Step
            ? run.Fail(RunOutcome.Failed, RunCodes.DataInvalid, "patients, line 7: 3 cells.")
            : Succeed(site, run);
        return federation;
    }

    private static FakeEnd Succeed(Vantage.Tests.Protocol.Partner site, FakeRun run) => run.Succeed(
        JsonSerializer.SerializeToUtf8Bytes(new StepPartial(site.Root.Name), Json.Default.StepPartial));

    private static StepArguments Asked(FakeRun run) => JsonSerializer.Deserialize(run.OpenInput(), Json.Default.StepArguments)!;

    private static Task<Question> PrepareAsync(FakeFederation federation, bool acceptMissing) => Question.PrepareAsync(
        federation.Client(), "steps", JsonElement.Parse("{\"step\":\"\",\"before\":\"\"}"), Options(federation, acceptMissing),
        TestContext.Current.CancellationToken);

    private static WireFederationOptions Options(FakeFederation federation, bool acceptMissing) => new()
    {
        Collaboration = federation.Collaboration, AcceptMissing = acceptMissing, Resolve = _ => federation.Algorithm,
        Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
    };

    private static IEnumerable<string> RoundsOf(FakeFederation federation, Question question) => question.Tasks.Select(task =>
    {
        var runs = federation.Runs.Values.Where(r => r.Manifest.Task == task).ToList();
        var (step, before) = Asked(runs[0]);
        return $"{step}{(before.Length == 0 ? "" : $" after {before}")} @ "
            + string.Join(',', runs.Select(r => r.Site.Root.Name).Order());
    });

    private sealed record StepArguments(string Step, string Before);

    private sealed record StepPartial(string Site);

    private sealed record Trace([property: JsonPropertyName("trace")] string Text);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(StepArguments))]
    [JsonSerializable(typeof(StepPartial))]
    [JsonSerializable(typeof(Trace))]
    private sealed partial class Json : JsonSerializerContext;
}
