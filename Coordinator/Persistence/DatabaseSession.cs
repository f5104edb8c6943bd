using Npgsql;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// One connection for one thread that does nothing else, and waits for each answer itself. The pool would hand out its
/// connections in turn, so that each transaction found another server process with cold caches; and an answer awaited by
/// others wakes two threads more on its way. Opened when first needed, and again after it broke.
/// </summary>
internal sealed class DatabaseSession(NpgsqlDataSource application) : IDisposable
{
    private NpgsqlConnection? connection;

    /// <summary>As <see cref="Database.ExecuteAsync{T}"/>, and the same promises.</summary>
    public T Execute<T>(TenantScope scope, IEnumerable<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, T> read)
    {
        using var batch = new NpgsqlBatch(Connection());
        batch.BatchCommands.Add(Database.ScopeCommand(scope));
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        using var reader = batch.ExecuteReader();
        reader.NextResult();
        var result = read(reader);
        while (reader.NextResult())
        {
            // The commit's own error (a deferred constraint, say) arrives after the last result.
        }

        return result;
    }

    public void Dispose() => connection?.Dispose();

    private NpgsqlConnection Connection()
    {
        if (connection is { State: not System.Data.ConnectionState.Open })
        {
            connection.Dispose();
            connection = null;
        }

        return connection ??= application.OpenConnection();
    }
}
