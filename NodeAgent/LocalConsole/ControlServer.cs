using System.Net.Sockets;
using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;

namespace Vantage.NodeAgent.LocalConsole;

/// <summary>Answers one request a connection, one connection at a time: the callers are people.</summary>
internal sealed partial class ControlServer(NodeHome home, ControlDesk desk, TimeProvider time, ILogger<ControlServer> logger) : BackgroundService
{
    private const int LongestRequest = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A large result is on its way to somebody who wants to look at it.</summary>
    private static readonly TimeSpan PatienceForBytes = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = ControlSocket.Listen(home);
        try
        {
            while (true)
            {
                using var caller = await listener.AcceptAsync(stoppingToken);
                await AnswerAsync(caller, stoppingToken);
            }
        }
        finally
        {
            File.Delete(home.ControlSocket);
        }
    }

    private async Task AnswerAsync(Socket caller, CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource();
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        await using var timer = time.CreateTimer(_ => patience.Cancel(), null, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            await using var stream = new NetworkStream(caller);
            var line = await ControlLine.ReadAsync(stream, LongestRequest, reading.Token);
            var request = JsonSerializer.Deserialize(line, VerbJson.Default.ControlRequest) ?? throw new JsonException("The request is null.");
            if (request.Verb == ControlVerb.ApprovalOutput)
            {
                timer.Change(PatienceForBytes, Timeout.InfiniteTimeSpan);
            }

            await desk.AnswerAsync(request, Caller.Of(caller), reply => SendAsync(stream, reply, patience.Token), stream, reading.Token);
        }
        catch (Exception e) when (e is IOException or JsonException or OperationCanceledException or SocketException)
        {
            stoppingToken.ThrowIfCancellationRequested();
            LogCaller(e.Message);
        }
    }

    /// <summary>Even if the node stops because of it: a drained node with nothing to do ends at once.</summary>
    private static async Task SendAsync(NetworkStream stream, ControlReply reply, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(reply, VerbJson.Default.ControlReply), cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A caller of the control socket left: {Why}")]
    private partial void LogCaller(string why);
}
