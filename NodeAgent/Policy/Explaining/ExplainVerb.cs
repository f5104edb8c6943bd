using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Policy.Explaining;

/// <summary><c>policy explain</c>: which rule decides a request, and why. Nothing runs, and no node need be running.</summary>
internal static class ExplainVerb
{
    public static NodeVerb Verb { get; } = new("policy explain", "Say which rule decides a request, and why. Runs nothing.",
        [
            new("--manifest", "FILE", "A signed manifest. Its signature is not checked here."),
            new("--parent", "FILE", "For a subtask's manifest: the one it descends from."),
            .. SupposedQuestion.Options,
        ], RunAsync);

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var facts = call.Find("--manifest") is { } path
            ? SignedQuestion.Read(await ReadAsync(path, cancellationToken), call.Find("--parent") is { } parent
                ? await ReadAsync(parent, cancellationToken)
                : null)
            : SupposedQuestion.Read(call);
        var book = new PolicyBook(call.Home.Policy, NullLogger<PolicyBook>.Instance);
        var explanation = PolicyExplanation.Of(book.Current(), facts);
        call.Answer(explanation, VerbJson.Default.PolicyExplanation, text =>
        {
            foreach (var line in explanation.Why)
            {
                text.WriteLine(line);
            }

            text.WriteLine($"policy version {explanation.Version}");
        });
        return explanation.Accepted ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
}
