using Npgsql;

namespace Vantage.NodeAgent.Data.Postgres;

/// <summary>
/// Whether a role could do more than read. The transaction is read-only as well; this is what still holds when a query
/// calls a function that opens a connection of its own.
/// </summary>
internal static class ReadOnlyRole
{
    /// <summary>One row: what it may do, in words; null for a role that only reads.</summary>
    public const string Sql = """
        SELECT CASE
            WHEN r.rolsuper THEN 'is a superuser'
            WHEN r.rolcreaterole OR r.rolcreatedb OR r.rolreplication THEN 'may make roles or databases, or replicate'
            WHEN EXISTS (SELECT FROM pg_roles g WHERE g.rolname IN ('pg_write_all_data', 'pg_execute_server_program',
                'pg_write_server_files', 'pg_read_server_files') AND pg_has_role(r.oid, g.oid, 'MEMBER')) THEN 'may write everywhere, or reach the server''s files or programs'
            WHEN EXISTS (SELECT FROM pg_roles g WHERE g.rolsuper AND g.oid <> r.oid AND pg_has_role(r.oid, g.oid, 'MEMBER')) THEN 'may become a superuser'
            WHEN has_database_privilege(r.oid, current_database(), 'CREATE') THEN 'may make schemas in this database'
            WHEN EXISTS (SELECT FROM pg_namespace n WHERE n.nspname NOT LIKE 'pg\_%' AND has_schema_privilege(r.oid, n.oid, 'CREATE'))
                THEN 'may make tables in a schema'
            WHEN EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_toast%'
                AND (has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE')))
                THEN 'may write to a table'
        END
        FROM pg_roles r WHERE r.rolname = current_user
        """;

    public static async Task CheckAsync(NpgsqlConnection connection, PostgresFaults faults, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is string may)
        {
            throw faults.MayWrite(may);
        }
    }
}
