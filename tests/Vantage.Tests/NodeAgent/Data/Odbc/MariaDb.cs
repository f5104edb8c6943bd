using System.Diagnostics;
using Vantage.NodeAgent.Data.Databases;
using Vantage.NodeAgent.Data.Odbc;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Data.Odbc;

/// <summary>Class fixture: a MariaDB of its own on a socket in its own folder, in memory where there is such a folder.</summary>
public sealed class MariaDb : IAsyncLifetime
{
    private const string Reading = "p;w}x=1";

    /// <summary>Goes when we do: it ends when nobody writes to it any more.</summary>
    private const string Script = """
        as=
        if [ "$(id -u)" = 0 ]; then chown mysql "$0"; as="setpriv --reuid=mysql --regid=mysql --clear-groups"; fi
        $as mariadb-install-db --no-defaults --datadir="$0/data" --auth-root-authentication-method=normal --skip-test-db 2>&1 || exit 1
        $as mariadbd --no-defaults --datadir="$0/data" --socket="$0/socket" --pid-file="$0/pid" --skip-networking --skip-log-bin \
            --innodb-buffer-pool-size=16M --innodb-log-file-size=4M --character-set-server=utf8mb4 2>&1 </dev/null &
        read -r _
        kill $!
        wait
        """;

    private readonly DirectoryInfo folder = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory(Path.Combine("/dev/shm", $"vtg-mariadb-{Environment.ProcessId}"))
        : Directory.CreateTempSubdirectory("vtg-mariadb-");

    private Process? server;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/sbin/mariadbd"))
        {
            return;
        }

        server = Process.Start(new ProcessStartInfo("sh", ["-c", Script, folder.FullName]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string? line;
        do
        {
            line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line);
        }
        while (!line.Contains("ready for connections", StringComparison.Ordinal));

        // Nobody reads the rest, which is little.
        KeyFile.Save(PasswordFile, Reading + "\n");
        Run($"CREATE DATABASE clinic; CREATE USER reader IDENTIFIED BY '{Reading}'; GRANT SELECT ON clinic.* TO reader;"
            + $"CREATE USER writer IDENTIFIED BY '{Reading}'; GRANT SELECT, DELETE ON clinic.* TO writer");
    }

    internal string PasswordFile => Path.Combine(folder.FullName, "password");

    internal OdbcSettings Source(string? table, string? query, string user = "reader") => new()
    {
        Id = "patients", Table = table, Query = query, Password = new Secret(PasswordFile, null),
        Connection = $"Driver=MariaDB Unicode;Socket={folder.FullName}/socket;Database=clinic;UID={user}",
    };

    /// <summary>As root.</summary>
    internal void Run(string sql)
    {
        using var client = Process.Start(new ProcessStartInfo("mariadb",
            ["--no-defaults", "--default-character-set=utf8mb4", $"--socket={folder.FullName}/socket", "--user=root", "--database=" + (sql.StartsWith("CREATE DATABASE", StringComparison.Ordinal) ? "mysql" : "clinic")])
        { UseShellExecute = false, RedirectStandardInput = true })!;
        client.StandardInput.Write(sql);
        client.StandardInput.Close();
        client.WaitForExit();
        Assert.Equal(0, client.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.StandardInput.Close();
            await server.StandardOutput.ReadToEndAsync(CancellationToken.None);
            await server.WaitForExitAsync(CancellationToken.None);
            server.Dispose();
        }

        folder.Delete(recursive: true);
    }
}
