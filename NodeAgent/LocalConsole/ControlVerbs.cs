using System.Net.Sockets;
using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.LocalConsole;

/// <summary><c>status</c>, <c>pause</c>, <c>resume</c> and <c>drain</c>: asked of the node that runs in this directory.</summary>
internal static class ControlVerbs
{
    private const int LongestReply = 64 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<NodeVerb> All { get; } =
    [
        Verb("status", "What the running node is doing.", ControlVerb.Status),
        Verb("pause", "Claim nothing more; work on with what there is.", ControlVerb.Pause),
        Verb("resume", "Claim again.", ControlVerb.Resume),
        Verb("drain", "Claim nothing more, finish and deliver what there is, then stop.", ControlVerb.Drain),
    ];

    public static async Task<ControlReply> AskAsync(NodeHome home, ControlRequest asked, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var socket = await ControlSocket.ConnectAsync(home, patience.Token);
        try
        {
            await using var stream = new NetworkStream(socket);
            var request = JsonSerializer.SerializeToUtf8Bytes(asked, VerbJson.Default.ControlRequest);
            await stream.WriteAsync(request, patience.Token);
            await stream.WriteAsync("\n"u8.ToArray(), patience.Token);
            var line = await ControlLine.ReadAsync(stream, LongestReply, patience.Token);
            return JsonSerializer.Deserialize(line, VerbJson.Default.ControlReply) ?? throw new JsonException("The reply is null.");
        }
        catch (Exception e) when (e is IOException or JsonException or SocketException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandFailure(ExitCodes.Failed, $"The node in {home.Root} does not answer: {e.Message} See its log.", e);
        }
    }

    private static NodeVerb Verb(string name, string summary, ControlVerb verb) =>
        new(name, summary, [], async (call, cancellationToken) =>
        {
            var reply = await AskAsync(call.Home, new ControlRequest(verb), cancellationToken);
            call.Answer(reply, VerbJson.Default.ControlReply, text => StatusText.Write(text, reply));
            return ExitCodes.Ok;
        });
}
