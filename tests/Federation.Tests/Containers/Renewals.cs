using System.Diagnostics;
using Federation.Tests.Worlds;
using Npgsql;

namespace Federation.Tests.Containers;

/// <summary>When a node renewed its lease, by the database's own clock: what the lease says until when it holds.</summary>
internal static class Renewals
{
    /// <summary>As the worlds of these tests are told.</summary>
    public static readonly TimeSpan Due = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two renewals while something is done.</summary>
    public static async Task<TimeSpan> DuringAsync(World world, Site site, Func<Task> something, CancellationToken stop)
    {
        await using var database = await OpenAsync(world, stop);
        var done = something();
        var last = await UntilAsync(database, site, stop);
        var longest = TimeSpan.Zero;
        while (!done.IsCompleted)
        {
            await Task.WhenAny(done, Task.Delay(Look, stop));
            var now = await UntilAsync(database, site, stop);
            (longest, last) = (now - last > longest ? now - last : longest, now);
        }

        await done;
        return longest;
    }

    private static async Task<DateTime> UntilAsync(NpgsqlConnection database, Site site, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT lease_until FROM vantage.node WHERE id = $1", database)
        {
            Parameters = { new() { Value = Guid.ParseExact(site.Node["nod_".Length..], "N") } },
        };
        return (DateTime)(await command.ExecuteScalarAsync(stop) ?? throw new UnreachableException("The node has no lease."));
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
}
