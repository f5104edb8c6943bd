using Microsoft.Extensions.Logging.Abstractions;
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
        var explanation = PolicyExplanation.Of(Policy(call).Current(), Among(call, facts));
        call.Answer(explanation, VerbJson.Default.PolicyExplanation, text => Write(text, explanation));
        return explanation.Accepted ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task<int> OfTaskAsync(VerbCall call, string wanted, CancellationToken cancellationToken)
    {
        var book = Policy(call);
        var explanations = (await SeenQuestion.FindAsync(call, wanted, cancellationToken)).Select(seen =>
        {
            var said = PolicyExplanation.Of(book.Current(), Among(call, seen.Facts));
            return said with { Run = seen.Run, Why = seen.Unknown is { } unknown ? [.. said.Why, $"  note: {unknown}"] : said.Why };
        }).ToList();
        call.Answer(explanations, VerbJson.Default.ListPolicyExplanation, text =>
        {
            foreach (var explanation in explanations)
            {
                text.WriteLine($"{explanation.Run} at this node, by the policy as it stands now:");
                Write(text, explanation);
            }
        });
        return explanations.All(explanation => explanation.Accepted) ? ExitCodes.Ok : ExitCodes.Failed;
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
