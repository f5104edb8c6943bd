using System.Net.Sockets;
using System.Text;
using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.Egress;

/// <summary>One connection of a run to its proxy: one request, and what passes after it.</summary>
internal sealed class EgressCall(Socket client, IReadOnlyList<EgressGrant> granted, EgressMeter meter, EgressDial dial, TimeProvider time)
{
    private const int LongestHead = 8 * 1024;
    private const int BufferSize = 16 * 1024;
    private static readonly TimeSpan HeadPatience = TimeSpan.FromSeconds(10);

    public async Task ServeAsync(CancellationToken stop)
    {
        var buffer = new byte[LongestHead];
        var (head, read) = await ReadHeadAsync(buffer, stop);
        var asked = head == 0 ? new ProxyRequest.Malformed($"a head of at most {LongestHead} bytes within {HeadPatience.TotalSeconds:0} s") : ProxyRequest.Parse(buffer.AsSpan(0, head));
        var authority = asked switch
        {
            ProxyRequest.Tunnel tunnel => tunnel.Authority,
            ProxyRequest.Plain plain => plain.Authority,
            _ => null,
        };
        if (asked is ProxyRequest.Malformed bad)
        {
            await RefuseAsync("400 Bad Request", $"This is no request that can be understood: {bad.Why}.", stop);
        }
        else if (granted.FirstOrDefault(grant => grant.Authority == authority) is not { } place)
        {
            await RefuseAsync("403 Forbidden", "This node's policy does not let this run reach that host and port.", stop);
        }
        else if (meter.IsFull)
        {
            await RefuseAsync("403 Forbidden", "This run has sent and received all that this node's policy allows.", stop);
        }
        else
        {
            await ConnectAsync(place, (asked as ProxyRequest.Plain)?.Head, buffer.AsMemory(head, read - head), stop);
        }
    }

    private async Task ConnectAsync(EgressGrant place, byte[]? head, ReadOnlyMemory<byte> more, CancellationToken stop)
    {
        switch (await dial.ConnectAsync(place, stop))
        {
            case Dialled.Forbidden no:
                await RefuseAsync("403 Forbidden", $"This node does not connect there: {no.Why}.", stop);
                break;
            case Dialled.Failed no:
                await SayAsync(client, Encoding.ASCII.GetBytes(Answer("502 Bad Gateway", no.Why + ".")), stop);
                break;
            case Dialled.Connected { Socket: var server }:
                using (server)
                {
                    meter.Connected(place);
                    await SayAsync(head is null ? client : server, head ?? "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stop);
                    await SayAsync(server, more, stop);
                    if (meter.Passed(place, (head?.Length ?? 0) + more.Length, isOutward: true))
                    {
                        await PassAsync(place, server, stop);
                    }
                }

                break;
        }
    }

    private async Task PassAsync(EgressGrant place, Socket server, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAll(OneWayAsync(place, client, server, isOutward: true, over), OneWayAsync(place, server, client, isOutward: false, over));
    }

    private async Task OneWayAsync(EgressGrant place, Socket from, Socket to, bool isOutward, CancellationTokenSource over)
    {
        var buffer = new byte[BufferSize];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, over.Token)) > 0)
            {
                if (!meter.Passed(place, read, isOutward))
                {
                    break;
                }

                await SayAsync(to, buffer.AsMemory(0, read), over.Token);
            }

            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Broken off by one of the two, or by the run's end: the other way ends with it.
        }

        await over.CancelAsync();
    }

    private async Task<(int Head, int Read)> ReadHeadAsync(byte[] buffer, CancellationToken stop)
    {
        using var clock = new CancellationTokenSource(HeadPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, clock.Token);
        var read = 0;
        try
        {
            while (read < buffer.Length && await client.ReceiveAsync(buffer.AsMemory(read), either.Token) is > 0 and var more)
            {
                read += more;
                if (buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
                {
                    return (end + 4, read);
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Too slow is as good as malformed.
        }

        return (0, read);
    }

    private async Task RefuseAsync(string status, string why, CancellationToken stop)
    {
        meter.Refused();
        await SayAsync(client, Encoding.ASCII.GetBytes(Answer(status, why)), stop);
    }

    private static string Answer(string status, string text) =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {text.Length + 1}\r\nConnection: close\r\n\r\n{text}\n";

    private static async Task SayAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, cancellationToken)..];
        }
    }
}
