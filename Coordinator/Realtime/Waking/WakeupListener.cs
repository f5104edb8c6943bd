using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Realtime.Events;
using Vantage.Coordinator.Realtime.Nodes;
using Vantage.Coordinator.Tasks.Store.Postgres;

namespace Vantage.Coordinator.Realtime.Waking;

/// <summary>Hears what other replicas committed. After a break it lets every watcher look, since it may have missed something.</summary>
internal sealed partial class WakeupListener(
    Database database, WakeupRelay relay, OtherReplicas others, NodeLines nodes, Watchers watchers, TimeProvider time,
    ILogger<WakeupListener> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.Unscoped.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, notice) => Hear(notice.Payload);
                await using (var listen = new NpgsqlCommand($"LISTEN {WakeupRelay.Channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                others.Heard();
                watchers.WakeAll();
                failing = false;
                try
                {
                    await HearAsync(connection, stoppingToken);
                }
                finally
                {
                    others.Deaf();
                    // The pool keeps sessions as they are (NoResetOnClose), and this one listens.
                    NpgsqlConnection.ClearPool(connection);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                {
                    Failed(log, e);
                }

                failing = true;
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task HearAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            await AnnounceAsync(connection, cancellationToken);
            var announced = time.GetTimestamp();
            while (OtherReplicas.AnnounceEvery - time.GetElapsedTime(announced) is var left && left > TimeSpan.Zero)
            {
                await connection.WaitAsync(left, cancellationToken);
            }
        }
    }

    /// <summary>A notice that says nothing but who sent it.</summary>
    private async Task AnnounceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection)
        {
            Parameters = { Sql.Text(WakeupRelay.Channel), Sql.Text(relay.Replica) },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal void Hear(string notice)
    {
        var words = notice.Split(' ');
        if (words[0] == relay.Replica)
        {
            return;
        }

        others.Heard();

        foreach (var word in words.Skip(1))
        {
            switch (Wakeup.TryParse(word, out var wakeup) ? wakeup : null)
            {
                case Wakeup.Claim(var node):
                    nodes.Hint(node);
                    break;
                case Wakeup.Look(var node):
                    nodes.LookAgain(node);
                    break;
                case Wakeup.Stop(var work):
                    nodes.Stop(work);
                    break;
                case Wakeup.Statements:
                    nodes.StatementsChanged();
                    break;
                case Wakeup.Change(var collaboration):
                    watchers.Wake(collaboration);
                    break;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other replicas can't be heard; trying again")]
    private static partial void Failed(ILogger log, Exception e);
}
