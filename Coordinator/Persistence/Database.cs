using Npgsql;
using NpgsqlTypes;

namespace Vantage.Coordinator.Persistence;

/// <summary>Reads the results of a batch, in the order of its commands.</summary>
internal delegate Task<T> ReadResults<T>(NpgsqlDataReader reader, CancellationToken cancellationToken);

/// <summary>
/// The one way to the database. Everything that serves a request runs as the application's login inside a
/// <see cref="TenantScope"/>; jobs of the leader use <see cref="Leader"/>, a login of its own (see the decision record on
/// database roles).
/// </summary>
internal sealed class Database(NpgsqlDataSource application, NpgsqlDataSource leader) : IAsyncDisposable
{
    private const string SetScope =
        "SELECT set_config('vantage.collaborations', $1::text, true), set_config('vantage.organizations', $2::text, true)";

    /// <summary>
    /// For leader jobs only: sees every tenant's rows in the tables that its policies name, and nothing in the others.
    /// </summary>
    public NpgsqlDataSource Leader => leader;

    /// <summary>
    /// For <c>LISTEN</c>, <c>NOTIFY</c> and lookups before anybody is known (the functions listed in the decision record).
    /// Without a scope no row of a tenant is visible.
    /// </summary>
    public NpgsqlDataSource Unscoped => application;

    /// <summary>
    /// Runs the commands as one transaction in one round trip. The scope is set by a first command of the same pipeline,
    /// whose transaction ends with the pipeline. Whatever this returns is committed: it comes back only after the server
    /// has said so, therefore <paramref name="read"/> must not tell anyone what it read.
    /// </summary>
    public async Task<T> ExecuteAsync<T>(TenantScope scope, IEnumerable<NpgsqlBatchCommand> commands,
        ReadResults<T> read, CancellationToken cancellationToken)
    {
        await using var connection = await application.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(ScopeCommand(scope));
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var result = await read(reader, cancellationToken);
        while (await reader.NextResultAsync(cancellationToken))
        {
            // The commit's own error (a deferred constraint, say) arrives after the last result.
        }

        return result;
    }

    /// <summary>As above, for commands without results. Returns the number of rows they changed.</summary>
    public Task<int> ExecuteAsync(TenantScope scope, IEnumerable<NpgsqlBatchCommand> commands,
        CancellationToken cancellationToken) =>
        ExecuteAsync(scope, commands, static async (reader, ct) =>
        {
            while (await reader.NextResultAsync(ct))
            {
                // RecordsAffected is complete after the last result.
            }

            return Math.Max(0, reader.RecordsAffected);
        }, cancellationToken);

    /// <summary>Begins a transaction of several round trips. Without <see cref="UnitOfWork.CommitAsync"/> nothing stays.</summary>
    public async Task<UnitOfWork> BeginAsync(TenantScope scope, CancellationToken cancellationToken)
    {
        var connection = await application.OpenConnectionAsync(cancellationToken);
        try
        {
            // Npgsql sends BEGIN together with the next command: still one round trip.
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var unit = new UnitOfWork(connection, transaction);
            await unit.SetScopeAsync(scope, cancellationToken);
            return unit;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>For whoever keeps a thread busy with transactions.</summary>
    public DatabaseSession Session() => new(application);

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        await leader.DisposeAsync();
    }

    internal static NpgsqlBatchCommand ScopeCommand(TenantScope scope) => new(SetScope)
    {
        Parameters = { UuidArray(scope.Collaborations), UuidArray(scope.Organizations) },
    };

    private static NpgsqlParameter UuidArray(Guid[] ids) =>
        new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };
}
