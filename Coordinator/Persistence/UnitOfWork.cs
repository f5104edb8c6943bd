using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// One transaction with its tenant scope set, for raw SQL and, on the same connection, for EF Core. Disposed without
/// <see cref="CommitAsync"/> it leaves nothing behind.
/// </summary>
internal sealed class UnitOfWork(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    private CoordinatorContext? context;

    /// <summary>Made when first asked for: units of raw SQL do not pay for it.</summary>
    public CoordinatorContext Context
    {
        get
        {
            if (context is null)
            {
                var options = new DbContextOptionsBuilder<CoordinatorContext>().UseNpgsql(connection).Options;
                context = new CoordinatorContext(options);
                context.Database.UseTransaction(transaction);
            }

            return context;
        }
    }

    public NpgsqlBatch CreateBatch() => new(connection, transaction);

    public NpgsqlCommand CreateCommand(string sql) => new(sql, connection, transaction);

    /// <summary>For a lookup that finds out whose scope the rest of the transaction needs.</summary>
    public async Task SetScopeAsync(TenantScope scope, CancellationToken cancellationToken)
    {
        await using var batch = CreateBatch();
        batch.BatchCommands.Add(Database.ScopeCommand(scope));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The database's clock, for whatever is compared with a lease.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        await using var command = CreateCommand("SELECT now()");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>Saves what EF Core tracks, if anything, and commits.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (context is not null)
            await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (context is not null)
            await context.DisposeAsync();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
