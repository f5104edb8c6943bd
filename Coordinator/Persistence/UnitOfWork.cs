using Npgsql;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// One transaction with its tenant scope set, for raw SQL and, on the same connection, for EF Core. Disposed without
/// <see cref="CommitAsync"/> it leaves nothing behind.
/// </summary>
internal sealed class UnitOfWork(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    public NpgsqlTransaction Transaction => transaction;

    public NpgsqlBatch CreateBatch() => new(connection, transaction);

    public NpgsqlCommand CreateCommand(string sql) => new(sql, connection, transaction);

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
