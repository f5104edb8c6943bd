using System.Diagnostics;
using System.Globalization;
using Federation.Tests.Failures.Questions;

namespace Federation.Tests.Failures;

/// <summary>
/// Real programs killed, frozen and cut off at random, while questions are always under way. Only <c>./build soak</c> runs it;
/// <c>VANTAGE_SOAK_FAULTS</c> and <c>VANTAGE_SOAK_SEED</c> change how much and what.
/// </summary>
[Collection(nameof(FailingFederation))]
public sealed class SoakTests(FailingFederation federation, ITestOutputHelper output)
{
    private const int FaultsBetweenChecks = 20;
    private static readonly QuestionKind[] Kinds = [QuestionKind.Small, QuestionKind.Small, QuestionKind.Large, QuestionKind.LongArguments];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Federation_UnderRandomFaults_CommitsEachRunOnceAndLosesNone()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak", "Runs for hours: ./build soak.");
        var faults = Setting("VANTAGE_SOAK_FAULTS", 3000);
        var seed = Setting("VANTAGE_SOAK_SEED", Environment.TickCount & 0xFFFFFF);
        var gremlin = new Gremlin(federation, new Random(seed), Stop);
        var began = Stopwatch.GetTimestamp();
        Say($"seed {seed}: {faults} faults");

        var questions = 0;
        for (var done = 0; done < faults; done += FaultsBetweenChecks)
        {
            var asked = new List<Task<Question>>();
            for (var i = 0; i < FaultsBetweenChecks; i++)
            {
                if (asked.Count < 8)
                {
                    asked.Add(federation.Asker.InsistAsync(Kinds[(done + i) % Kinds.Length]));
                }

                await gremlin.StrikeAsync();
            }

            await gremlin.MendAsync();
            foreach (var question in await Task.WhenAll(asked))
            {
                await federation.Asker.VerifyAsync(question);
                questions++;
            }

            await federation.AssertCleanAsync();
            Say($"{done + FaultsBetweenChecks} faults ({gremlin}), {questions} questions of {federation.World.Sites.Count} runs right, "
                + $"{Stopwatch.GetElapsedTime(began).TotalMinutes:0.0} min, seed {seed}");
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
