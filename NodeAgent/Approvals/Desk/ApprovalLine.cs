using System.Net.Sockets;
using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.LocalConsole;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Streaming;

namespace Vantage.NodeAgent.Approvals.Desk;

/// <summary>The command's end of the control socket, for approvals.</summary>
internal static class ApprovalLine
{
    private static readonly TimeSpan PatienceForBytes = TimeSpan.FromMinutes(10);

    /// <summary>Throws what the node refuses, with the exit code that says why.</summary>
    public static async Task<ApprovalReply> AskAsync(NodeHome home, ControlVerb verb, ApprovalWish wish, CancellationToken cancellationToken)
    {
        var reply = await ControlVerbs.AskAsync(home, new ControlRequest(verb) { Approval = wish }, cancellationToken);
        return Done(reply.Approvals ?? throw new CommandFailure(ExitCodes.Failed, "The node that runs here is of another version."));
    }

    public static async Task<ApprovalView> FindAsync(NodeHome home, RunId run, CancellationToken cancellationToken) =>
        (await AskAsync(home, ControlVerb.Approvals, new ApprovalWish(run), cancellationToken)).Waiting[0];

    /// <summary>Writes the bytes that would leave; throws unless they are those that the question names.</summary>
    public static async Task FetchAsync(NodeHome home, ApprovalView view, CaseOutput output, Stream into, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(PatienceForBytes);
        using var socket = await ControlSocket.ConnectAsync(home, patience.Token);
        try
        {
            await using var stream = new NetworkStream(socket);
            var request = new ControlRequest(ControlVerb.ApprovalOutput) { Approval = new ApprovalWish(view.Run, view.Subject, Output: output.Kind) };
            await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(request, VerbJson.Default.ControlRequest), patience.Token);
            await stream.WriteAsync("\n"u8.ToArray(), patience.Token);
            var (line, rest) = await ReplyAsync(stream, patience.Token);
            Done(JsonSerializer.Deserialize(line.Span, VerbJson.Default.ControlReply)?.Approvals ?? throw new JsonException("The reply is null."));
            await using var hashed = new DigestStream(into);
            await hashed.WriteAsync(rest, patience.Token);
            await stream.CopyToAsync(hashed, patience.Token);
            if (hashed.GetDigest() != output.Digest)
            {
                throw new CommandFailure(ExitCodes.Untrusted,
                    $"What the node keeps of {view.Run} is no longer what it asks about: its disk changed it. Deny it, check the disk, and let it be asked again.");
            }
        }
        catch (Exception e) when (e is IOException or JsonException or SocketException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandFailure(ExitCodes.Failed, $"The node in {home.Root} does not answer: {e.Message} See its log.", e);
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Line, ReadOnlyMemory<byte> Bytes)> ReplyAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            read.Write(buffer, 0, count);
            var all = read.ToArray().AsMemory();
            if (all.Span.IndexOf((byte)'\n') is >= 0 and var end)
            {
                return (all[..end], all[(end + 1)..]);
            }

            if (count == 0)
            {
                throw new IOException("It broke off.");
            }
        }
    }

    private static ApprovalReply Done(ApprovalReply reply) => reply.Refusal switch
    {
        null => reply,
        ApprovalFault.NotWaiting => throw new CommandFailure(ExitCodes.NotFound, reply.Message),
        ApprovalFault.Changed => throw new CommandFailure(ExitCodes.Conflict, reply.Message),
        _ => throw new CommandFailure(ExitCodes.Failed, reply.Message),
    };
}
