using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Vantage.NodeAgent.Link.Transports;

/// <summary>
/// The same hub where WebSockets do not get through: SignalR's long-polling protocol. Every exchange is an ordinary
/// request with a whole answer, so proxies that buffer or cut idle connections do it no harm. A poll that is cut is
/// asked again; an answer lost that way is found out by the call that waits for it.
/// </summary>
internal static class LongPollWire
{
    private const int MostFailuresInARow = 3;

    /// <summary>A poll that stood so long and was then cut was idle for too long in somebody's eyes; that is no failure.</summary>
    private static readonly TimeSpan StoodForAWhile = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CloseDeadline = TimeSpan.FromSeconds(2);

    /// <param name="token">Asked before each request: a session may be renewed while the connection lives.</param>
    public static async Task<ConnectionContext> ConnectAsync(
        Uri hub, Func<CancellationToken, Task<string>> token, HttpClient http, CancellationToken cancellationToken)
    {
        var calls = new LongPollCalls(hub, token, http);
        var id = await calls.NegotiateAsync(cancellationToken);

        // The first poll is answered at once: it makes the connection.
        using (var first = await calls.PollAsync(cancellationToken))
        {
            if (first.StatusCode != HttpStatusCode.OK)
            {
                throw new HttpRequestException("The long poll was not accepted.", null, first.StatusCode);
            }
        }

        var connection = new WireConnection(id, () => CloseAsync(calls));
        connection.Start((to, ct) => ReceiveAsync(calls, to, ct), (from, ct) => SendAsync(calls, from, ct));
        return connection;
    }

    private static async Task ReceiveAsync(LongPollCalls calls, PipeWriter to, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await calls.PollAsync(cancellationToken);
                if (answer.StatusCode == HttpStatusCode.NoContent)
                {
                    return;
                }

                var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                failures = 0;
                if (bytes.Length > 0 && (await to.WriteAsync(bytes, cancellationToken)).IsCompleted)
                {
                    return;
                }
            }
            catch (Exception e) when (IsCut(e) && failures < MostFailuresInARow)
            {
                failures = Stopwatch.GetElapsedTime(began) >= StoodForAWhile ? 0 : failures + 1;
                await Task.Delay(BeforeNextTry * failures, cancellationToken);
            }
        }
    }

    private static async Task SendAsync(LongPollCalls calls, PipeReader from, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await from.ReadAsync(cancellationToken);
            if (!read.Buffer.IsEmpty)
            {
                await calls.SendAsync(read.Buffer, cancellationToken);
            }

            from.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>A poll says nothing by being cut. A gateway's own time-out (502, 504, 408) is the same thing politely.</summary>
    private static bool IsCut(Exception e) => e switch
    {
        HttpRequestException { StatusCode: null } or IOException => true,
        HttpRequestException { StatusCode: HttpStatusCode.GatewayTimeout or HttpStatusCode.BadGateway or HttpStatusCode.RequestTimeout } => true,
        _ => false,
    };

    private static async ValueTask CloseAsync(LongPollCalls calls)
    {
        using var deadline = new CancellationTokenSource(CloseDeadline);
        try
        {
            await calls.DeleteAsync(deadline.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The Coordinator gives the connection up by itself when nobody polls.
        }
    }
}
