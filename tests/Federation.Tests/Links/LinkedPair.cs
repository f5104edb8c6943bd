using System.Net;
using System.Net.Sockets;

namespace Federation.Tests.Links;

/// <summary>One connection over a link: who came, and where it leads.</summary>
internal sealed class LinkedPair(TcpClient near) : IDisposable
{
    private readonly TcpClient far = new();
    private bool isDeaf;

    public async Task CarryAsync(IPEndPoint target, TcpLink link, CancellationToken cancellationToken)
    {
        try
        {
            (near.NoDelay, far.NoDelay) = (true, true);
            await far.ConnectAsync(target, cancellationToken);
            await Task.WhenAny(CopyAsync(near, far, Direction.Up, link, cancellationToken), CopyAsync(far, near, Direction.Down, link, cancellationToken));
        }
        catch (Exception cut) when (IsCut(cut))
        {
            // The whole point of a link; the peers notice by themselves.
        }
    }

    /// <summary>As a machine that vanished: both ends are told that it is over, at once.</summary>
    public void Reset()
    {
        foreach (var client in new[] { near, far })
        {
            // What ended by itself is closed already and has no socket any more.
            if (client.Client is not null)
            {
                client.LingerState = new LingerOption(true, 0);
                client.Close();
            }
        }
    }

    /// <summary>In order, in the middle of whatever was being said.</summary>
    public void HangUp()
    {
        near.Close();
        far.Close();
    }

    public void Dispose()
    {
        near.Dispose();
        far.Dispose();
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Direction direction, TcpLink link, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer.AsMemory(0, link.Weather.Piece), cancellationToken) is > 0 and var count)
            {
                isDeaf |= link.Weather.Swallows;
                if (isDeaf)
                {
                    continue;
                }

                var passed = link.Note(buffer.AsSpan(0, count), direction);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, passed), cancellationToken);
                link.Sprung(passed < count);
                if (link.Weather.PauseAfter(count) is { Ticks: > 0 } pause)
                {
                    await Task.Delay(pause, cancellationToken);
                }
            }

            // The end of a swallowed stream is swallowed, too.
            if (isDeaf)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
        }
        catch (Exception cut) when (IsCut(cut))
        {
            // As above.
        }
    }

    private static bool IsCut(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or InvalidOperationException;
}
