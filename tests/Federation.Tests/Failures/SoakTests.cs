using System.Diagnostics;
using System.Globalization;
using Federation.Tests.Failures.Questions;

namespace Federation.Tests.Failures;

/// <summary>
/// Real programs killed, frozen and cut off at random, while questions are always under way: a few faults in a test run,
/// thousands in <c>./build soak</c>; <c>VANTAGE_SOAK_FAULTS</c> and <c>VANTAGE_SOAK_SEED</c> change how many and which.
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
        var isSoak = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak";
        var faults = Setting("VANTAGE_SOAK_FAULTS", isSoak ? 3000 : 5);
        var seed = Setting("VANTAGE_SOAK_SEED", isSoak ? Environment.TickCount & 0xFFFFFF : 7311);
        var gremlin = new Gremlin(federation, new Random(seed), Stop);
        var began = Stopwatch.GetTimestamp();
        Say($"seed {seed}: {faults} faults");

        var questions = 0;
        for (var done = 0; done < faults; done += FaultsBetweenChecks)
        {
            var asked = new List<Task<Question>>();
            var now = Math.Min(FaultsBetweenChecks, faults - done);
            for (var i = 0; i < now; i++)
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
            Say($"{done + now} faults ({gremlin}), {questions} questions of {federation.World.Sites.Count} runs right, "
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
