using Npgsql;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// Makes the application's and the leader's logins. They are plain: neither owns anything nor gets past row-level
/// security; what each may do is granted table by table in the migrations.
/// </summary>
internal static class DatabaseRoles
{
    private static readonly string[] Roles = [DatabaseLogins.ApplicationRole, DatabaseLogins.LeaderRole];

    public static async Task EnsureAsync(NpgsqlConnection owner, DatabaseLogins logins, CancellationToken cancellationToken)
    {
        foreach (var role in Roles)
        {
            if (!await ExistsAsync(owner, role, cancellationToken))
            {
                await CreateAsync(owner, role, logins, cancellationToken);
            }
        }

        foreach (var (role, connectionString) in Roles.Zip([logins.Application, logins.Leader]))
        {
            if (!await CanSignInAsync(connectionString, cancellationToken))
            {
                await SetPasswordAsync(owner, role, logins, cancellationToken);
            }
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection owner, string role, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", owner)
        {
            Parameters = { new() { Value = role } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task CreateAsync(NpgsqlConnection owner, string role, DatabaseLogins logins, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(owner, $"CREATE ROLE {role} {Attributes(role, logins)}", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Roles belong to the server, advisory locks to one database: another database's start came first.
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw NotAllowed(role, logins, e);
        }
    }

    private static async Task<bool> CanSignInAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            return false;
        }
    }

    private static async Task SetPasswordAsync(NpgsqlConnection owner, string role, DatabaseLogins logins, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(owner, $"ALTER ROLE {role} {Attributes(role, logins)}", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw NotAllowed(role, logins, e);
        }
    }

    /// <summary>The password is hexadecimal, so the literal needs no quoting; the statement is never logged.</summary>
    private static string Attributes(string role, DatabaseLogins logins) => $"LOGIN PASSWORD '{logins.PasswordOf(role)}'";

    private static StartRefusedException NotAllowed(string role, DatabaseLogins logins, Exception e) => new(
        $"database: the login {logins.Place} may not create or change the role {role}, which the Coordinator serves requests "
        + "with. Give the login CREATEROLE for this start (ALTER ROLE … CREATEROLE), or let a database administrator run the "
        + "statements in docs/coordinator-admin.md, section \"Database\".", ExitCodes.Configuration, e);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
