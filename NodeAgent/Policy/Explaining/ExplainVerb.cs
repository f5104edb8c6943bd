using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Trust.Charters;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Policy.Explaining;

/// <summary>
/// <c>policy explain</c>: which rule decides a request, and why, as the policy stands now. Nothing runs, and no node need be
/// running.
/// </summary>
internal static class ExplainVerb
{
    private static readonly VerbOption Task = new("TASK", null, "A task, or a run, that came to this node.");

    public static NodeVerb Verb { get; } = new("policy explain", "Say which rule decides a request, and why. Runs nothing.",
        [
            new("--manifest", "FILE", "A signed manifest. Its signature is not checked here."),
            new("--parent", "FILE", "For a subtask's manifest: the one it descends from."),
            new("--call", "N", "Of several questions in one task: this one, counted from 1. All of them, when left out."),
            .. SupposedQuestion.Options,
        ], RunAsync)
    {
        Word = Task,
    };

    private static Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken) => call.Find(Task.Name) is { } wanted
        ? OfTaskAsync(call, wanted, cancellationToken)
        : OfRequestAsync(call, cancellationToken);

    private static async Task<int> OfRequestAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var facts = call.Find("--manifest") is { } path
            ? SignedQuestion.Read(await ReadAsync(path, cancellationToken), call.Find("--parent") is { } parent
                ? await ReadAsync(parent, cancellationToken)
                : null)
            : SupposedQuestion.Read(call);
        if (call.Find("--manifest") is not null && SheetQuestion.IsFor(facts) && call.Find("--arguments") is { } arguments)
        {
            facts = facts with { Arguments = Encoding.UTF8.GetBytes(arguments) };
        }

        var state = Policy(call).Current();
        var chosen = SheetQuestion.Chosen(SheetQuestion.Calls(facts), SheetQuestion.IsFor(facts) && facts.Arguments is not null, Number(call));
        var explanations = chosen.Select(one => PolicyExplanation.Of(state, Among(call, one.Call)) with
        {
            Call = one.Number,
            Function = one.Number is null ? null : one.Call.Function,
        }).ToList();
        if (explanations is [{ Call: null } explanation])
        {
            call.Answer(Whole(facts, explanation), VerbJson.Default.PolicyExplanation, text => Write(text, Whole(facts, explanation)));
        }
        else
        {
            call.Answer(explanations, VerbJson.Default.ListPolicyExplanation, text => WriteAll(text, explanations));
        }

        return Code(explanations);
    }

    /// <summary>Of calls that nobody has shown there is no verdict.</summary>
    private static PolicyExplanation Whole(PolicyFacts facts, PolicyExplanation said) => !SheetQuestion.IsFor(facts) ? said : said with
    {
        Why = ["several questions in one task: each of its calls is judged by itself, and they are in its sealed arguments (give them with --arguments, or"
            + " name the task if it came to this node)", .. said.Why],
    };

    private static async Task<int> OfTaskAsync(VerbCall call, string wanted, CancellationToken cancellationToken)
    {
        var book = Policy(call);
        var state = book.Current();
        var seen = await SeenQuestion.FindAsync(call, wanted, cancellationToken);
        var explanations = seen.GroupBy(question => question.Run).SelectMany(run => SheetQuestion.Chosen([.. run], run.First().IsCall, Number(call)).Select(one =>
        {
            var said = PolicyExplanation.Of(state, Among(call, one.Call.Facts));
            return said with
            {
                Run = one.Call.Run,
                Call = one.Number,
                Function = one.Number is null ? null : one.Call.Facts.Function,
                Why = one.Call.Unknown is { } unknown ? [.. said.Why, $"  note: {unknown}"] : said.Why,
            };
        })).ToList();
        call.Answer(explanations, VerbJson.Default.ListPolicyExplanation, text =>
        {
            foreach (var run in explanations.GroupBy(explanation => explanation.Run))
            {
                text.WriteLine($"{run.Key} at this node, by the policy as it stands now:");
                WriteAll(text, [.. run]);
            }
        });
        return Code(explanations);
    }

    private static int Code(List<PolicyExplanation> explanations) =>
        explanations.All(explanation => explanation.Accepted) ? ExitCodes.Ok : ExitCodes.Failed;

    private static int? Number(VerbCall call) => call.Find("--call") switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw CommandFailure.Usage($"--call: '{text}' is not a whole number."),
    };

    /// <summary>A sheet's calls that end alike are told once, with their numbers.</summary>
    private static void WriteAll(TextWriter text, List<PolicyExplanation> explanations)
    {
        foreach (var alike in explanations.GroupBy(explanation => (explanation.Function, Why: string.Join('\n', explanation.Why))))
        {
            if (alike.First().Call is not null)
            {
                text.WriteLine($"{(alike.Count() == 1 ? "call" : "calls")} {string.Join(", ", alike.Select(one => one.Call))}: {alike.Key.Function}");
            }

            foreach (var line in alike.First().Why)
            {
                text.WriteLine(line);
            }
        }

        text.WriteLine($"policy version {explanations[0].Version}");
    }

    private static void Write(TextWriter text, PolicyExplanation explanation)
    {
        foreach (var line in explanation.Why)
        {
            text.WriteLine(line);
        }

        text.WriteLine($"policy version {explanation.Version}");
    }

    private static PolicyFacts Among(VerbCall call, PolicyFacts facts) =>
        facts.Among(File.Exists(call.Home.OwnRoot) ? new CharterBoard(call.Home, TimeProvider.System).InForce(facts.Collaboration) : null);

    private static PolicyBook Policy(VerbCall call) => new(call.Home.Policy, NullLogger<PolicyBook>.Instance);

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
}
