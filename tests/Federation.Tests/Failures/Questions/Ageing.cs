using Federation.Tests.Worlds;
using Npgsql;
using Vantage.Client;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Envelopes;

namespace Federation.Tests.Failures.Questions;

/// <summary>
/// Time that passes for one task: retention counts in days, so its dates are set back in the database, and nothing else is.
/// What is past its time is the Coordinator's to remove.
/// </summary>
internal static class Ageing
{
    private const string Settled = """
        UPDATE vantage.task SET settled_at = settled_at - interval '1 year' WHERE id = $1;
        """;

    private const string Uploaded = """
        UPDATE vantage.upload SET expires_at = now() - interval '1 hour' WHERE digest IN (SELECT p.digest
            FROM vantage.run_payload p JOIN vantage.run r ON r.id = p.run_id WHERE r.task_id = $1)
        """;

    private const string Stored = """
        UPDATE vantage.blob SET created_at = created_at - interval '1 year', marked_at = marked_at - interval '1 hour'
        WHERE digest IN (SELECT p.digest FROM vantage.run_payload p JOIN vantage.run r ON r.id = p.run_id WHERE r.task_id = $1)
        """;

    private const string Left = """
        SELECT count(*) FROM vantage.blob WHERE digest IN (SELECT p.digest
            FROM vantage.run_payload p JOIN vantage.run r ON r.id = p.run_id WHERE r.task_id = $1)
        """;

    /// <summary>Comes back when nothing is left of the task's payloads, through as many lives of the Coordinator as it takes.</summary>
    public static async Task OfAsync(World world, Question question, CancellationToken stop)
    {
        await using var database = await OpenAsync(world, stop);
        await DoAsync(database, Settled, question, stop);
        await DoAsync(database, Uploaded, question, stop);
        while (await LeftAsync(database, question, stop) > 0)
        {
            // First they are marked, a while later removed: each look finds the marks old.
            await DoAsync(database, Stored, question, stop);
            await Task.Delay(200, stop);
        }
    }

    /// <summary>The bytes are gone and said to be; that they were there, and by whose hand, is still proven.</summary>
    public static async Task VerifyAsync(VantageClient client, World world, TaskView view, RunView run, CancellationToken stop)
    {
        var payload = Assert.Single(run.Payloads, payload => payload.Kind == PayloadKind.Result);
        Assert.False(payload.Available);
        Assert.Equal(payload.Digest, (await client.VerifyAsync(view, run.Id, stop)).Receipt.Find(PayloadKind.Result)!.Digest);
        await Assert.ThrowsAsync<VantageException>(() => client.OpenResultAsync(view, run.Id, null, stop));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(world.CoordinatorData, "payloads", "blobs"), payload.Digest.ToHex(), SearchOption.AllDirectories));
    }

    private static async Task<NpgsqlConnection> OpenAsync(World world, CancellationToken stop)
    {
        // Host, port and socket as PostgreSQL itself wrote them down.
        var lines = await File.ReadAllLinesAsync(Path.Combine(world.CoordinatorData, "database", "cluster", "postmaster.pid"), stop);
        var secret = await File.ReadAllTextAsync(Path.Combine(world.CoordinatorData, "database.secret"), stop);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = lines[4], Database = "vantage", Username = "postgres", Password = secret.Trim(), Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    private static async Task DoAsync(NpgsqlConnection database, string sql, Question question, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, database) { Parameters = { new() { Value = question.Task.Id.Value } } };
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task<long> LeftAsync(NpgsqlConnection database, Question question, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Left, database) { Parameters = { new() { Value = question.Task.Id.Value } } };
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }
}
