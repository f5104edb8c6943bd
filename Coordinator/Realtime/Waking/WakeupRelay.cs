using System.Text;
using System.Threading.Channels;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Store.Postgres;

namespace Vantage.Coordinator.Realtime.Waking;

/// <summary>
/// Sends wake-ups to the other replicas by NOTIFY: what gathered while the last one was on its way goes together, at most
/// one every five milliseconds, and none while there is no other.
/// </summary>
internal sealed partial class WakeupRelay(
    Database database, OtherReplicas others, TimeProvider time, ILogger<WakeupRelay> log)
    : BackgroundService
{
    public const string Channel = "vantage_wakeups";

    /// <summary>PostgreSQL takes less than 8000 bytes.</summary>
    private const int LongestNotice = 7900;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Channel<Wakeup> waiting = System.Threading.Channels.Channel.CreateBounded<Wakeup>(
        new BoundedChannelOptions(100_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Tells one's own notices from others'.</summary>
    public string Replica { get; } = Guid.CreateVersion7().ToString("N");

    public void Add(Wakeup wakeup)
    {
        if (others.MayListen)
        {
            waiting.Writer.TryWrite(wakeup);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            try
            {
                foreach (var notice in Notices())
                {
                    await SendAsync(notice, stoppingToken);
                }

                failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                {
                    Failed(log, e);
                }

                failing = true;
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    /// <summary>Everything that waits, each thing once, in as few notices as it fits into.</summary>
    private IEnumerable<string> Notices()
    {
        var gathered = new HashSet<string>();
        while (waiting.Reader.TryRead(out var wakeup))
        {
            gathered.Add(wakeup.ToString());
        }

        var notice = new StringBuilder(Replica);
        foreach (var word in gathered)
        {
            if (notice.Length + 1 + word.Length > LongestNotice)
            {
                yield return notice.ToString();
                notice.Clear().Append(Replica);
            }

            notice.Append(' ').Append(word);
        }

        yield return notice.ToString();
    }

    private async Task SendAsync(string notice, CancellationToken cancellationToken)
    {
        await using var command = database.Unscoped.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.Add(Sql.Text(Channel));
        command.Parameters.Add(Sql.Text(notice));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Other replicas could not be woken; their nodes find new work with the next heartbeat")]
    private static partial void Failed(ILogger log, Exception e);
}
