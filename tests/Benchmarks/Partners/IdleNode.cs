using System.Diagnostics;
using Vantage.Benchmarks.Wire;

namespace Vantage.Benchmarks.Partners;

/// <summary>
/// A node without work, as it behaves for days: a link, a heartbeat every ten seconds, an inventory every thirty; when the
/// link breaks it waits a random while, longer each time, and connects again.
/// </summary>
internal sealed class IdleNode(Uri url, string token, Random random)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>When the inventory was answered the last time; 0 while there is no link.</summary>
    public long UpSince { get; private set; }

    /// <summary>Tries that failed.</summary>
    public int Failures { get; private set; }

    public async Task LiveAsync(CancellationToken cancellationToken)
    {
        var inARow = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var link = await HubSocket.ConnectAsync(url, token, cancellationToken, bufferBytes: 1024);
                await link.HelloAsync(cancellationToken);
                await link.CallAsync(Beats.Inventory, cancellationToken);
                await link.CallAsync(Beats.Empty, cancellationToken);
                UpSince = Stopwatch.GetTimestamp();
                inARow = 0;
                await TalkAsync(link, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is IOException or System.Net.WebSockets.WebSocketException or InvalidOperationException or TimeoutException)
            {
                UpSince = 0;
                Failures++;
                inARow++;
            }

            UpSince = 0;
            await PauseAsync(inARow, cancellationToken);
        }
    }

    private static async Task TalkAsync(HubSocket link, CancellationToken cancellationToken)
    {
        for (var beat = 1; !link.Ended.IsCompleted; beat++)
        {
            await Task.WhenAny(link.Ended, Task.Delay(Heartbeat, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            await link.CallAsync(beat % 3 == 0 ? Beats.Inventory : Beats.Empty, cancellationToken);
        }

        throw new IOException("The link ended.");
    }

    /// <summary>Full jitter, doubling from half a second to thirty: the agent's own way.</summary>
    private async Task PauseAsync(int failures, CancellationToken cancellationToken)
    {
        double share;
        lock (random)
        {
            share = random.NextDouble();
        }

        var ceiling = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, Math.Max(0, failures - 1)), LongestWait.TotalSeconds);
        await Task.Delay(TimeSpan.FromSeconds(ceiling * share), cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
    }
}
