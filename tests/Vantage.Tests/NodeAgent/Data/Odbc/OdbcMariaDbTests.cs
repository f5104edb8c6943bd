using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Databases;
using Vantage.NodeAgent.Data.Odbc;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Data.Odbc;

/// <summary>MariaDB's connector, against a server of its own.</summary>
public sealed class OdbcMariaDbTests(MariaDb server) : OdbcLaws("libmaodbc.so"), IClassFixture<MariaDb>
{
    protected override string Endless => "SELECT SLEEP(60) AS slept, 'x' AS t";

    protected override string HalfEndless => "SELECT seq AS id, IF(seq > 9000, SLEEP(60), 0) AS slept FROM seq_1_to_10000";

    protected override Task BreakOffAsync() => Task.Run(() => server.Run("""
        DELIMITER //
        BEGIN NOT ATOMIC
            WHILE NOT EXISTS (SELECT * FROM information_schema.processlist WHERE user = 'reader' AND state = 'User sleep') DO DO SLEEP(0.02); END WHILE;
        END//
        KILL USER reader//
        """), Cancellation);

    protected override string TypesTable => "i BIGINT, n DECIMAL(30,4), x DOUBLE, d DATE, s VARCHAR(40)";

    protected override int MostColumns => 4096;

    internal override (IDataSource Source, string Place)? WithNul()
    {
        Run("DROP TABLE IF EXISTS nul");
        Create("nul", "id INTEGER, name VARCHAR(40)");
        Run("INSERT INTO nul VALUES (1, 'a'), (2, CONCAT('SE', CHAR(0), 'CRET'))");
        return (new OdbcSource(Source("nul")), "row 2, column 'name'");
    }

    internal override OdbcSettings Source(string? table = null, string? query = null) => server.Source(table, query);

    [Fact]
    public async Task AUserWhoMayWrite_IsRefused()
    {
        Table(3);

        Assert.Contains("may DELETE, and a node reads only", (await RefusalAsync(
            new OdbcSource(server.Source("patients", null, "writer")), ColumnChoice.All)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongPassword_IsNotRepeated()
    {
        var wrong = Path.Combine(Folder, "wrong");
        KeyFile.Save(wrong, "SECRET");

        var refusal = await RefusalAsync(new OdbcSource(Source("patients") with { Password = new Secret(wrong, null) }), ColumnChoice.All);

        Assert.Contains("does not accept the user or password", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("reader", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>systemd puts it into a folder of the unit's own, and says where.</summary>
    [Fact]
    public async Task APassword_MayComeFromSystemd()
    {
        Table(3);
        File.Copy(server.PasswordFile, Path.Combine(Folder, "labs"));

        var given = new OdbcSource(Source("patients") with { Password = new Secret(null, "labs", Folder) });
        var none = new OdbcSource(Source("patients") with { Password = new Secret(null, "labs") });

        Assert.Equal(3, (await ExtractAsync(given, ColumnChoice.All)).Rows);
        Assert.Contains("Put 'LoadCredential=labs:FILE' into its unit", (await RefusalAsync(none, ColumnChoice.All)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FloatsBitsAndTimes_AreWhatTheyAre()
    {
        Run("DROP TABLE IF EXISTS more; CREATE TABLE more (f FLOAT, b BIT(1), t BOOLEAN, u BIGINT UNSIGNED, at DATETIME(3)); INSERT INTO more VALUES (0.1, 1, true, 18446744073709551615, '2024-02-29 12:30:00.5')");

        Assert.Equal([["0.10000000149011612", "1", "1", "18446744073709551615", "2024-02-29 12:30:00.500"]],
            ReadBack(await ExtractAsync(new OdbcSource(Source("more")), ColumnChoice.All)).Rows);
    }

    protected override void Create(string table, string columns) => Run($"CREATE TABLE {table} ({columns})");

    protected override void Run(string sql) => server.Run(sql);
}
