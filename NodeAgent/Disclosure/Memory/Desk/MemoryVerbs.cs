using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.LocalConsole;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Disclosure.Memory.Desk;

/// <summary><c>memory list|forget</c>, asked of the node that runs in this directory, by whoever may use its account.</summary>
internal static class MemoryVerbs
{
    private static readonly VerbOption Source = new("SOURCE", null, "The source, as 'memory list' names it.", Required: true);

    public static IReadOnlyList<NodeVerb> All { get; } =
    [
        new("memory list", "About how many different sets of rows answers have left, and what was asked today where the policy counts that.", [], ListAsync),
        new("memory forget", "Compare new answers about a source with none that left before. The audit trail says who wanted it.", [], ForgetAsync) { Word = Source },
    ];

    private static async Task<int> ListAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(call.Home, new ControlRequest(ControlVerb.Memory), cancellationToken);
        call.Answer(reply, VerbJson.Default.MemoryReply, text => MemoryText.Write(text, reply));
        return ExitCodes.Ok;
    }

    private static async Task<int> ForgetAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(call.Home, new ControlRequest(ControlVerb.MemoryForget) { Dataset = call.Find(Source.Name) }, cancellationToken);
        if (reply.IsUnknown)
        {
            throw new CommandFailure(ExitCodes.NotFound, reply.Message);
        }

        call.Answer(reply, VerbJson.Default.MemoryReply, text => text.WriteLine(reply.Message));
        return ExitCodes.Ok;
    }

    private static async Task<MemoryReply> AskAsync(NodeHome home, ControlRequest request, CancellationToken cancellationToken) =>
        (await ControlVerbs.AskAsync(home, request, cancellationToken)).Memory
            ?? throw new CommandFailure(ExitCodes.Failed, "The node that runs here is of another version.");
}
