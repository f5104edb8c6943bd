using Npgsql;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Persistence;

/// <summary>Refuses a server that would break the promise that finished work is never lost.</summary>
internal static class ServerCheck
{
    public const int OldestVersion = 15;

    public static async Task RequireFitAsync(NpgsqlConnection connection, string place, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version'),
                   current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
                   pg_is_in_recovery(), (SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database())
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var facts = new ServerFacts(reader.GetInt32(0), reader.GetString(1), reader.GetString(2) == "on",
            reader.GetString(3) == "on", reader.GetString(4) != "off", reader.GetBoolean(5), reader.GetString(6));
        if (Objections(facts) is { Count: > 0 } objections)
        {
            throw new StartRefusedException(
                $"database: the server at {place} is not fit.\n  - {string.Join("\n  - ", objections)}", ExitCodes.Configuration);
        }
    }

    /// <summary>Every reason against the server, as sentences; empty if there is none.</summary>
    internal static IReadOnlyList<string> Objections(ServerFacts server)
    {
        var objections = new List<string>();
        if (server.Major < OldestVersion)
            objections.Add($"It is PostgreSQL {server.Version}; version {OldestVersion} or later is needed.");
        if (!server.Fsync)
            objections.Add("It runs with fsync = off and would lose acknowledged results in a crash. Set fsync = on.");
        if (!server.FullPageWrites)
            objections.Add("It runs with full_page_writes = off and may come out of a crash damaged. Set it on.");
        if (!server.SynchronousCommit)
            objections.Add("It runs with synchronous_commit = off and acknowledges results before they are safe. Set it on.");
        if (server.InRecovery)
            objections.Add("It is a standby. Give the primary, or several hosts with 'Target Session Attributes=primary'.");
        if (server.Encoding != "UTF8")
            objections.Add($"The database's encoding is {server.Encoding}. Create it with ENCODING 'UTF8'.");
        return objections;
    }
}

internal sealed record ServerFacts(int Major, string Version, bool Fsync, bool FullPageWrites, bool SynchronousCommit,
    bool InRecovery, string Encoding);
