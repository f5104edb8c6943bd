using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Federation.Tests.Failures.Questions;
using Vantage.Client.Errors;

namespace Federation.Tests.Failures;

/// <summary>
/// Real programs killed, frozen and cut off at random, while questions are always under way: a few kills in a test run,
/// thousands in <c>./build soak</c>, in two federations side by side; <c>VANTAGE_SOAK_KILLS</c> and <c>VANTAGE_SOAK_SEED</c>
/// change how many in each and which.
/// </summary>
public abstract class SoakTests(FailingFederation federation, ITestOutputHelper output) : IAsyncLifetime
{
    private const int KillsBetweenChecks = 60;
    private const int UnderWay = 4;
    private static readonly QuestionKind[] Kinds = [QuestionKind.Small, QuestionKind.Small, QuestionKind.Large, QuestionKind.LongArguments];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await federation.MendAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Federation_UnderRandomFaults_CommitsEachRunOnceAndLosesNone()
    {
        var isSoak = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak";
        var kills = Setting("VANTAGE_SOAK_KILLS", isSoak ? 1500 : 4);
        var seed = Setting("VANTAGE_SOAK_SEED", isSoak ? RandomNumberGenerator.GetInt32(1 << 24) : 7311);
        var gremlin = new Gremlin(federation, new Random(seed), Stop);
        var began = Stopwatch.GetTimestamp();
        Say($"seed {seed}: {kills} kills");

        var (questions, runs) = (0, 0);
        while (gremlin.Kills < kills)
        {
            var check = Math.Min(kills, gremlin.Kills + KillsBetweenChecks);
            using var harm = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var asked = new ConcurrentQueue<Question>();
            var asking = Enumerable.Range(0, UnderWay).Select(i => AskOnAsync(i, asked, harm.Token)).ToList();
            while (gremlin.Kills < check)
            {
                await gremlin.StrikeAsync();
            }

            await gremlin.MendAsync();
            await harm.CancelAsync();
            await Task.WhenAll(asking);
            foreach (var question in asked)
            {
                await federation.Asker.VerifyAsync(question);
                questions++;
                runs += federation.World.Sites.Count;
            }

            await federation.AssertCleanAsync();
            Say($"{gremlin.Kills} kills ({gremlin}), {questions} questions, {runs} runs right, "
                + $"{Stopwatch.GetElapsedTime(began).TotalMinutes:0.0} min, seed {seed}");
        }
    }

    /// <summary>One question after the other, so that there is always work to be struck.</summary>
    private async Task AskOnAsync(int asker, ConcurrentQueue<Question> asked, CancellationToken over)
    {
        for (var i = asker; !over.IsCancellationRequested; i++)
        {
            var question = await InsistAsync(Kinds[i % Kinds.Length]);
            asked.Enqueue(question);
            await federation.Asker.EndedAsync(question, over);
        }
    }

    private async Task<Question> InsistAsync(QuestionKind kind)
    {
        try
        {
            return await federation.Asker.InsistAsync(kind);
        }
        catch (VantageException e)
        {
            throw new InvalidOperationException($"{e.Message} The Coordinator said:\n{federation.World.Coordinator.StandardError}", e);
        }
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : otherwise;
}

[Collection(nameof(FailingFederation))]
public sealed class SoakOfThreeTests(FailingFederation federation, ITestOutputHelper output) : SoakTests(federation, output);

[Collection(nameof(SmallerFederation))]
public sealed class SoakOfTwoTests(SmallerFederation federation, ITestOutputHelper output) : SoakTests(federation, output);
