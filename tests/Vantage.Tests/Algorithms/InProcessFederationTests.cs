using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Testing;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Algorithms;

public sealed partial class InProcessFederationTests
{
    private static readonly PartialFunction<Question, Answer> Ask = Function.Partial(
        "ask",
        "Answers.",
        OracleJson.Default.Question,
        OracleJson.Default.Answer,
        (context, question, _, _) => Task.FromResult(question.Text switch
        {
            "throw" when context.Site == "South" => throw new InvalidOperationException("it broke"),
            "nan" => new Answer(double.NaN, null),
            "cycle" => new Answer(1, new Unserialisable()),
            _ => new Answer(question.Text.Length, null),
        }));

    private static readonly Algorithm Oracle = new("oracle", "1.0", "Answers.", typeof(InProcessFederationTests).Assembly, Ask);

    [Fact]
    public async Task EachSite_AnswersInOrder()
    {
        var results = await RunAsync("abc");

        Assert.Equal([new("North", new Answer(3, null)), new("South", new Answer(3, null))], results.All());
    }

    [Fact]
    public async Task ASiteThatThrows_IsAnAnswerOfItsOwn()
    {
        var results = await RunAsync("throw");

        Assert.IsType<SiteResult<Answer>.Succeeded>(results[0]);
        var failed = Assert.IsType<SiteResult<Answer>.Failed>(results[1]);
        Assert.Equal(RunCodes.AlgorithmFailed, failed.Failure.Code);
        Assert.Equal("System.InvalidOperationException", failed.Failure.Type);
        var refusal = Assert.Throws<SitesFailedException>(() => results.All());
        Assert.Equal("South failed (algorithm-failed): The function 'ask' failed: it broke", Assert.Single(refusal.Reasons));
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("cycle")]
    public async Task AResultThatJsonCannotCarry_FailsHereAsItWouldAtANode(string text)
    {
        var results = await RunAsync(text);

        Assert.All(results, r => Assert.IsType<SiteResult<Answer>.Failed>(r));
    }

    [Fact]
    public async Task Cancelling_IsNoAnswer()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var waits = Function.Partial("wait", "Waits.", OracleJson.Default.Question, OracleJson.Default.Answer,
            async (_, _, _, ct) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                return new Answer(0, null);
            });
        var algorithm = new Algorithm("oracle", "1.0", "Waits.", typeof(InProcessFederationTests).Assembly, waits);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Federation().RunAsync(algorithm, waits, new Question(""), cancelled.Token));
    }

    [Fact]
    public void EveryEndWithoutValue_IsExplained()
    {
        SiteResult<int>[] results =
        [
            new SiteResult<int>.Refused("a", "analysis.allow", "no rule allows it."),
            new SiteResult<int>.Cancelled("b"),
            new SiteResult<int>.Expired("c"),
            new SiteResult<int>.Lost("d"),
            new SiteResult<int>.Failed("e", new RunFailure("data-invalid", "no rows.")),
            new SiteResult<int>.Succeeded("f", 1),
        ];

        var refusal = Assert.Throws<SitesFailedException>(() => results.All());

        Assert.Equal(["a", "b", "c", "d", "e"], refusal.Reasons.Select(r => r.Split(' ')[0]));
        Assert.StartsWith("5 of 6 sites", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'analysis.allow': no rule allows it.", refusal.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOutput_IsCappedAndNamed()
    {
        var context = new InProcessContext("North") { Limits = new() { OutputBytes = 10, LogBytes = 10 } };
        Func<Stream, CancellationToken, Task> six = (stream, ct) => stream.WriteAsync(new byte[6], ct).AsTask();
        await context.WriteOutputAsync("one", six, TestContext.Current.CancellationToken);
        await context.WriteOutputAsync("one", six, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<RunFailedException>(
            () => context.WriteOutputAsync("two", six, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(
            () => context.WriteOutputAsync("../two", six, TestContext.Current.CancellationToken));

        Assert.Equal(RunCodes.OutputTooLarge, refusal.Code);
        Assert.Equal(["one"], context.Outputs.Keys);
    }

    private static Task<IReadOnlyList<SiteResult<Answer>>> RunAsync(string text) =>
        Federation().RunAsync(Oracle, Ask, new Question(text), TestContext.Current.CancellationToken);

    private static InProcessFederation Federation() => new(new InProcessSite("North"), new InProcessSite("South"));

    internal sealed record Question(string Text);

    internal sealed record Answer(double Value, Unserialisable? Extra);

    internal sealed class Unserialisable
    {
        public Unserialisable Self => this;
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Question))]
    [JsonSerializable(typeof(Answer))]
    private sealed partial class OracleJson : JsonSerializerContext;
}
