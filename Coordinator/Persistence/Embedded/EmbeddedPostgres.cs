using System.Security.Cryptography;
using Npgsql;
using Vantage.Coordinator.Hosting;

namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>
/// A PostgreSQL of the Coordinator's own, so that a first start needs no database. Reached only through a socket in a
/// private directory, with a generated password; fsync is on. The server outlives a killed Coordinator on purpose (its
/// work is safe there), and the next start adopts it.
/// </summary>
internal sealed partial class EmbeddedPostgres(string data, EmbeddedPostgresSettings settings, ILogger<EmbeddedPostgres> log)
{
    private const string Superuser = "postgres";
    private const string OwnerRole = "vantage_owner";
    private const string DatabaseName = "vantage";
    private readonly ServerAccount account = ServerAccount.Find();
    private readonly string home = Path.Combine(Path.GetFullPath(data), "database");
    private ServerProgram? program;
    private string secret = "";

    private string Cluster => Path.Combine(home, "cluster");

    private string Socket => SocketDirectory.For(home, Path.GetTempPath());

    /// <summary>For the migrator; the other logins derive from it.</summary>
    public string OwnerConnectionString => ConnectionString(OwnerRole, DatabaseLogins.Derive(secret, OwnerRole), DatabaseName);

    public bool IsRunning => Postmaster.IsAlive(Cluster);

    /// <summary>For tests that make databases of their own.</summary>
    internal string SuperuserConnectionString => ConnectionString(Superuser, secret, "postgres");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The server's account has to get through to its own directory, which is closed to everyone else.
        UnixFiles.CreateDirectory(Path.GetFullPath(data), account.MustSwitch ? UnixFiles.PassThrough : UnixFiles.OwnerOnly);
        UnixFiles.CreateDirectory(home, account.MustSwitch ? UnixFiles.PassThrough : UnixFiles.OwnerOnly);
        secret = Secret(Path.Combine(Path.GetFullPath(data), "database.secret"));
        var programs = PostgresPrograms.Find(settings.Programs, AppContext.BaseDirectory);
        programs = await ProgramsCopy.ReachableAsync(programs, home, account, cancellationToken);
        program = new ServerProgram(programs, account);
        await RequireReachableAsync(program, cancellationToken);
        if (!Directory.Exists(Cluster))
            await InitializeAsync(cancellationToken);
        SocketDirectory.Create(Socket, account);
        if (await AdoptAsync(cancellationToken))
        {
            Adopted(log, Cluster);
            return;
        }

        WriteConfiguration(Cluster);
        await LaunchAsync(cancellationToken);
        await EnsureDatabaseAsync(cancellationToken);
        Started(log, Cluster, account.Name, Socket);
    }

    /// <summary>
    /// The processes of a server that was killed hold its memory for a moment after it, and PostgreSQL rightly refuses to
    /// start beside them.
    /// </summary>
    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var startLog = Path.Combine(Cluster, "start.log");
        for (var patience = 40; ; patience--)
        {
            File.Delete(startLog);
            try
            {
                await program!.RequireAsync("pg_ctl", ["start", "-w", "-t", "60", "-s", "-D", Cluster, "-l", startLog],
                    $"start; its log is in {Cluster}", cancellationToken);
                return;
            }
            catch (StartRefusedException) when (patience > 0 && IsHeldByTheDead(startLog))
            {
                await Task.Delay(500, cancellationToken);
            }
        }
    }

    private static bool IsHeldByTheDead(string startLog) =>
        File.Exists(startLog) && File.ReadAllText(startLog) is var said
        && (said.Contains("shared memory block", StringComparison.Ordinal) || said.Contains("postmaster.pid", StringComparison.Ordinal));

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await program!.RequireAsync("pg_ctl", ["stop", "-m", "fast", "-w", "-t", "60", "-s", "-D", Cluster], "stop", cancellationToken);
        Stopped(log, Cluster);
    }

    /// <summary>For a start that failed: stops what is running, if anything is, and keeps the first error first.</summary>
    public async Task TryStopAsync()
    {
        if (program is null || !File.Exists(Path.Combine(Cluster, "postmaster.pid")))
            return;
        await program.RunAsync(program.PathOf("pg_ctl"), ["stop", "-m", "fast", "-w", "-t", "60", "-s", "-D", Cluster], CancellationToken.None);
    }

    /// <summary>Otherwise the first program to fail would say so in its own, less helpful words.</summary>
    private async Task RequireReachableAsync(ServerProgram server, CancellationToken cancellationToken)
    {
        if (!account.MustSwitch || (await server.RunAsync("test", ["-x", home], cancellationToken)).ExitCode == 0)
            return;
        throw new StartRefusedException(
            $"data: the embedded PostgreSQL refuses to run as root, so it runs as '{account.Name}', and that account can't get through to "
            + $"{home}. Choose a data directory that it can reach, such as --data /var/lib/vantage (nothing below /root is), or start the "
            + "Coordinator as an ordinary user.");
    }

    private async Task InitializeAsync(CancellationToken cancellationToken)
    {
        // Renamed when finished, so that a start that was killed halfway leaves nothing that looks like a database.
        var partial = Cluster + ".new";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        UnixFiles.CreatePrivateDirectory(partial, account);
        var passwordFile = Path.Combine(home, "password");
        UnixFiles.WriteSecret(passwordFile, secret);
        UnixFiles.Give(passwordFile, account);
        try
        {
            await program!.RequireAsync("initdb",
                ["-D", partial, "-U", Superuser, $"--pwfile={passwordFile}", "-A", "scram-sha-256", "-E", "UTF8",
                    "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
                $"make a database in {home}{(account.MustSwitch ? $" as '{account.Name}', which needs to get through to it" : "")}",
                cancellationToken);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Directory.Move(partial, Cluster);
        Initialized(log, Cluster);
    }

    /// <summary>A server that a killed Coordinator left running, or one still ending: wait for it, then use or restart it.</summary>
    private async Task<bool> AdoptAsync(CancellationToken cancellationToken)
    {
        Postmaster.ForgetDead(Cluster, Socket);
        if (!File.Exists(Path.Combine(Cluster, "postmaster.pid")))
            return false;
        var (exitCode, _) = await program!.RunAsync(program.PathOf("pg_ctl"), ["status", "-D", Cluster], cancellationToken);
        if (exitCode != 0)
            return false;
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                await EnsureDatabaseAsync(cancellationToken);
                return true;
            }
            catch (NpgsqlException) when (attempt < 99)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
                if (!File.Exists(Path.Combine(Cluster, "postmaster.pid")))
                    return false;
            }
        }

        return false;
    }

    private void WriteConfiguration(string cluster)
    {
        var path = Path.Combine(cluster, "postgresql.conf");
        UnixFiles.WriteSecret(path, ServerConfiguration.Text(Socket, settings.MaxConnections));
        UnixFiles.Give(path, account);
    }

    /// <summary>The owner's role and the database; there already at every start but the first.</summary>
    private async Task EnsureDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(SuperuserConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", connection)
        {
            Parameters = { new() { Value = DatabaseName } },
        };
        if ((bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
            return;
        foreach (var sql in new[]
        {
            $"DROP ROLE IF EXISTS {OwnerRole}",
            $"CREATE ROLE {OwnerRole} LOGIN CREATEROLE PASSWORD '{DatabaseLogins.Derive(secret, OwnerRole)}'",
            $"CREATE DATABASE {DatabaseName} OWNER {OwnerRole}",
        })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private string ConnectionString(string user, string password, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = Socket,
        Database = database,
        Username = user,
        Password = password,
        MaxPoolSize = Math.Max(1, settings.MaxConnections / 2),
        // Nothing to hide on a socket of its own. Asking for TLS first would mistake a server that is just dying, and says
        // so without TLS, for somebody in the middle.
        SslMode = SslMode.Disable,
    }.ConnectionString;

    private static string Secret(string path)
    {
        if (!File.Exists(path))
            UnixFiles.WriteSecret(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        return File.ReadAllText(path).Trim();
    }

    [LoggerMessage(LogLevel.Information, "Made a database in {Cluster}")]
    private static partial void Initialized(ILogger log, string cluster);

    [LoggerMessage(LogLevel.Information, "Started the embedded PostgreSQL in {Cluster} as {Account}, socket in {Socket}")]
    private static partial void Started(ILogger log, string cluster, string account, string socket);

    [LoggerMessage(LogLevel.Information, "Found the embedded PostgreSQL in {Cluster} running, left by a Coordinator that ended abruptly; using it")]
    private static partial void Adopted(ILogger log, string cluster);

    [LoggerMessage(LogLevel.Information, "Stopped the embedded PostgreSQL in {Cluster}")]
    private static partial void Stopped(ILogger log, string cluster);
}

/// <param name="Programs">Folder with PostgreSQL's <c>bin</c>, <c>lib</c> and <c>share</c>; found by itself when absent.</param>
internal sealed record EmbeddedPostgresSettings(string? Programs = null, int MaxConnections = 100);
