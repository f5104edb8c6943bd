using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.LocalConsole;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Approvals.Desk;

/// <summary>
/// <c>approvals list|show|approve|deny</c>, asked of the node that runs in this directory, by whoever may use its account.
/// </summary>
internal static class ApprovalVerbs
{
    private const int LongestReason = 1000;
    private static readonly VerbOption Run = new("RUN", null, "The run, as 'approvals list' names it.", Required: true);

    public static IReadOnlyList<NodeVerb> All { get; } =
    [
        new("approvals list", "What waits for a person of this site.", [], ListAsync),
        new("approvals show", "Who asks what, and before a release the very bytes that would leave.",
            [new("--output", "FILE", "Write the result there."), new("--log", "FILE", "Write the algorithm's log there.")], ShowAsync)
        {
            Word = Run,
        },
        new("approvals approve", "Agree to exactly what a digest names.",
            [new("--digest", "DIGEST", "Of what you agree to: 'approvals show' says it.", Required: true)], ApproveAsync)
        {
            Word = Run,
        },
        new("approvals deny", "Say no, for good.",
            [
                new("--reason", "TEXT", "For the asker, and for nobody else."),
                new("--digest", "DIGEST", "Deny only if that is still what waits."),
            ], DenyAsync)
        {
            Word = Run,
        },
    ];

    private static async Task<int> ListAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var reply = await ApprovalLine.AskAsync(call.Home, ControlVerb.Approvals, new ApprovalWish(), cancellationToken);
        call.Answer(reply, VerbJson.Default.ApprovalReply, text => ApprovalText.List(text, reply.Waiting));
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var view = await ApprovalLine.FindAsync(call.Home, RunOf(call), cancellationToken);
        var contents = new Dictionary<PayloadKind, byte[]>();
        foreach (var output in view.Case?.Outputs ?? [])
        {
            if (call.Find(output.Kind == PayloadKind.Log ? "--log" : "--output") is { } path)
            {
                await using var file = Durable.CreateFile(path);
                await ApprovalLine.FetchAsync(call.Home, view, output, file, cancellationToken);
            }
            else if (!call.IsJson && output.Size <= ApprovalText.LongestContent)
            {
                using var content = new MemoryStream();
                await ApprovalLine.FetchAsync(call.Home, view, output, content, cancellationToken);
                contents[output.Kind] = content.ToArray();
            }
        }

        call.Answer(view, VerbJson.Default.ApprovalView, text => ApprovalText.Show(text, view, contents));
        return ExitCodes.Ok;
    }

    private static Task<int> ApproveAsync(VerbCall call, CancellationToken cancellationToken) => AnswerAsync(call, ControlVerb.Approve,
        new ApprovalWish(RunOf(call), DigestOf(call)), cancellationToken);

    private static Task<int> DenyAsync(VerbCall call, CancellationToken cancellationToken) => AnswerAsync(call, ControlVerb.Deny,
        new ApprovalWish(RunOf(call), DigestOf(call), call.Find("--reason") switch
        {
            { Length: > LongestReason } => throw CommandFailure.Usage($"--reason: at most {LongestReason} characters."),
            var reason => reason,
        }), cancellationToken);

    private static async Task<int> AnswerAsync(VerbCall call, ControlVerb verb, ApprovalWish wish, CancellationToken cancellationToken)
    {
        var reply = await ApprovalLine.AskAsync(call.Home, verb, wish, cancellationToken);
        call.Answer(reply, VerbJson.Default.ApprovalReply, text => text.WriteLine(reply.Message));
        return ExitCodes.Ok;
    }

    private static RunId RunOf(VerbCall call) => Id.TryParse<RunId>(call.Required(Run.Name), out var run)
        ? run
        : throw CommandFailure.Usage($"'{call.Required(Run.Name)}' is no run: expected 'run_' and 32 hexadecimal digits.");

    private static Digest? DigestOf(VerbCall call) => call.Find("--digest") switch
    {
        null => null,
        var text when Digest.TryParse(text, null, out var digest) => digest,
        var text => throw CommandFailure.Usage($"--digest: '{text}' is no digest: expected 'sha256:' and 64 hexadecimal digits, all of them."),
    };
}
