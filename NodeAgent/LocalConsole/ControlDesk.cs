using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Approvals.Desk;
using Vantage.NodeAgent.Disclosure.Memory.Desk;

namespace Vantage.NodeAgent.LocalConsole;

/// <summary>Gives each request to whom it is for.</summary>
internal sealed class ControlDesk(NodeDial dial, ApprovalDesk approvals, MemoryDesk memory, TimeProvider time)
{
    /// <param name="request">What is wanted.</param>
    /// <param name="caller">The account that wants it.</param>
    /// <param name="reply">Sends the answer's line; what follows it are bytes as they are.</param>
    /// <param name="bytes">Where those go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AnswerAsync(
        ControlRequest request, string caller, Func<ControlReply, Task> reply, Stream bytes, CancellationToken cancellationToken)
    {
        if (request.Verb <= ControlVerb.Drain)
        {
            await reply(dial.Turn(request.Verb));
            return;
        }

        if (request.Verb >= ControlVerb.Memory)
        {
            await reply(new ControlReply("", null)
            {
                Memory = request is { Verb: ControlVerb.MemoryForget, Dataset: { } dataset } ? await memory.ForgetAsync(dataset, caller) : memory.List(),
            });
            return;
        }

        var begun = false;
        var answer = await AnswerAsync(request.Verb, request.Approval ?? new ApprovalWish(), caller, Begin, bytes, cancellationToken);
        if (!begun)
        {
            await reply(Reply(answer));
        }

        Task Begin(ApprovalReply first)
        {
            begun = true;
            return reply(Reply(first));
        }
    }

    private async Task<ApprovalReply> AnswerAsync(
        ControlVerb verb, ApprovalWish wish, string caller, Func<ApprovalReply, Task> begin, Stream bytes, CancellationToken cancellationToken) =>
        (verb, wish) switch
        {
            (ControlVerb.Approvals, _) => await approvals.ListAsync(wish.Run, cancellationToken),
            (ControlVerb.ApprovalOutput, _) => await approvals.OutputAsync(wish, bytes, begin, cancellationToken),
            // Yes is for what was seen and named, never for whatever waits by then.
            (ControlVerb.Approve, { Run: { } run, Subject: not null }) => approvals.Answer(run, wish.Subject, Said(ApprovalWord.Approved, caller, wish)),
            (ControlVerb.Deny, { Run: { } run }) => approvals.Answer(run, wish.Subject, Said(ApprovalWord.Denied, caller, wish)),
            _ => throw new IOException("The request lacks the run, or the digest of what is approved."),
        };

    private ApprovalAnswer Said(ApprovalWord word, string caller, ApprovalWish wish) => new(word, time.GetUtcNow(), caller, wish.Note);

    private static ControlReply Reply(ApprovalReply approvals) => new(approvals.Message, null) { Approvals = approvals };
}
