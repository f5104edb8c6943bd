namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>The whole of <c>postgresql.conf</c>, written anew at each start: no setting hides anywhere else.</summary>
internal static class ServerConfiguration
{
    public static string Text(string socketDirectory, int maxConnections)
    {
        var settings = new (string Name, string Value)[]
        {
            // Reached through a socket in a private directory and no other way.
            ("listen_addresses", ""),
            ("unix_socket_directories", socketDirectory),
            ("unix_socket_permissions", "0700"),
            ("password_encryption", "scram-sha-256"),
            ("max_connections", maxConnections.ToString()),
            ("shared_buffers", "64MB"),
            // Acknowledged means safe.
            ("fsync", "on"),
            ("synchronous_commit", "on"),
            ("full_page_writes", "on"),
            // A week of logs, overwritten in turn; no statement text, since an operator reads them.
            ("logging_collector", "on"),
            ("log_directory", "log"),
            ("log_filename", "postgresql-%u.log"),
            ("log_rotation_age", "1d"),
            ("log_truncate_on_rotation", "on"),
            ("log_min_error_statement", "panic"),
            ("log_timezone", "UTC"),
            ("timezone", "UTC"),
            ("lc_messages", "C"),
            // Workers that die with the machine's load are worse than slower queries; ours are small.
            ("max_parallel_workers_per_gather", "0"),
            ("jit", "off"),
        };
        return "# Written by the Coordinator at each start; changes here are lost.\n"
            + string.Concat(settings.Select(setting => $"{setting.Name} = '{Escape(setting.Value)}'\n"));
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\").Replace("'", "''");
}
