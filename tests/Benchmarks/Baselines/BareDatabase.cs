using Npgsql;
using NpgsqlTypes;

namespace Vantage.Benchmarks.Baselines;

/// <summary>
/// The same rows in the same PostgreSQL, by whoever does nothing else: copies of the tables with their indexes, without
/// row-level security, checks or foreign keys; one prepared round trip and one commit to disk an operation.
/// </summary>
internal sealed class BareDatabase : IAsyncDisposable
{
    private const string Create = """
        DROP SCHEMA IF EXISTS bench CASCADE;
        CREATE SCHEMA bench;
        CREATE TABLE bench.task (LIKE vantage.task INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING INDEXES INCLUDING STORAGE);
        CREATE TABLE bench.run (LIKE vantage.run INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING INDEXES);
        CREATE TABLE bench.run_payload (LIKE vantage.run_payload INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING STORAGE);
        CREATE TABLE bench.run_receipt (LIKE vantage.run_receipt INCLUDING DEFAULTS INCLUDING INDEXES);
        CREATE TABLE bench.task_event (LIKE vantage.task_event INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES);
        CREATE TABLE bench.audit_entry (LIKE vantage.audit_entry INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES);
        CREATE TABLE bench.told (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea NOT NULL);
        """;

    private const string Tell = "INSERT INTO bench.task_event (collaboration_id, owner_organization, task_id) VALUES ($1, $1, $1)";

    private const string Note = "INSERT INTO bench.audit_entry (actor, action, subject) VALUES ('usr', 'task.submit', 'tsk')";

    private readonly NpgsqlDataSource source;

    private BareDatabase(NpgsqlDataSource source) => this.source = source;

    public static async Task<BareDatabase> PrepareAsync(string superuser)
    {
        var server = NpgsqlDataSource.Create(superuser);
        await using var command = server.CreateCommand(Create);
        await command.ExecuteNonQueryAsync();
        return new BareDatabase(server);
    }

    /// <summary>A task, three runs, three inputs, an event and an audit entry.</summary>
    public async Task InsertTaskAsync(string manifest, byte[] input)
    {
        var (task, digest, now) = (Guid.CreateVersion7(), new byte[32], TimeProvider.System.GetUtcNow());
        var runs = new[] { Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7() };
        await RunAsync(
            Command("""
                INSERT INTO bench.task (id, collaboration_id, owner_organization, asked_by_user, job_id, type, algorithm, function,
                    not_before, not_after, manifest, manifest_digest, open_runs)
                VALUES ($1, $1, $1, $1, $1, 0, 'builtin:summary', 'partial', $2, $2, $3, $4, 3)
                """, Of(task), Of(now), Of(manifest), Of(digest)),
            Command("""
                INSERT INTO bench.run (id, task_id, collaboration_id, owner_organization, asker_organization, node_id, turn_of,
                    lost_node, not_before, not_after)
                SELECT r, $2, $2, $2, $2, $2, $2, 0, $3, $3 FROM unnest($1) r
                """, Of(runs), Of(task), Of(now)),
            Command("""
                INSERT INTO bench.run_payload (run_id, kind, node_id, collaboration_id, owner_organization, digest, size, inline)
                SELECT r, 0, $2, $2, $2, $3, 1, $4 FROM unnest($1) r
                """, Of(runs), Of(task), Of(digest), Of(input)),
            Command(Tell, Of(task)),
            Command(Note));
    }

    /// <summary>Three commits: claimed, started, ended with a receipt and a result.</summary>
    public async Task CycleAsync(Guid run, string receipt, byte[] result)
    {
        await RunAsync(
            Command("UPDATE bench.run SET phase = 1, epoch = epoch + 1, holder = $1, updated_at = now() WHERE id = $1", Of(run)),
            Command(Tell, Of(run)));
        await RunAsync(
            Command("UPDATE bench.run SET phase = 3, updated_at = now() WHERE id = $1 AND phase = 1", Of(run)),
            Command(Tell, Of(run)));
        await RunAsync(
            Command("UPDATE bench.run SET phase = 6, outcome = 0, updated_at = now() WHERE id = $1 AND phase = 3", Of(run)),
            Command("""
                INSERT INTO bench.run_receipt (run_id, digest, collaboration_id, owner_organization, node_id, epoch, accepted, receipt)
                VALUES ($1, $2, $1, $1, $1, 1, true, $3)
                """, Of(run), Of(new byte[32]), Of(receipt)),
            Command("""
                INSERT INTO bench.run_payload (run_id, kind, node_id, collaboration_id, owner_organization, digest, size, inline)
                VALUES ($1, 1, $1, $1, $1, $2, 1, $3)
                """, Of(run), Of(new byte[32]), Of(result)),
            Command(Tell, Of(run)),
            Command(Note));
    }

    /// <summary>Runs that were inserted and not used yet.</summary>
    public async Task<IReadOnlyList<Guid>> QueuedAsync(int most)
    {
        await using var command = source.CreateCommand("SELECT id FROM bench.run WHERE phase = 0 LIMIT $1");
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync();
        var runs = new List<Guid>();
        while (await reader.ReadAsync())
        {
            runs.Add(reader.GetGuid(0));
        }

        return runs;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task RunAsync(params NpgsqlBatchCommand[] commands)
    {
        await using var batch = source.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlBatchCommand Command(string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter<DateTime> Of(DateTimeOffset time) => new() { TypedValue = time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
