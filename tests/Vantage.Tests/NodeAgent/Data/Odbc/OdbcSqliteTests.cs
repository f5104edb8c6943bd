using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Odbc;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.NodeAgent.Data.Odbc;

/// <summary>A driver without wide calls: texts come in UTF-8.</summary>
public sealed class OdbcSqliteTests() : OdbcLaws("libsqlite3odbc.so")
{
    protected override string Endless => "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n WHERE x < 0";

    protected override string TypesTable => "i BIGINT, n VARCHAR, x DOUBLE, d DATE, s VARCHAR";

    /// <summary>SQLite has none: its driver gives the text that was put in.</summary>
    protected override ColumnType DecimalsAre => ColumnType.Text;

    protected override int MostColumns => 2000;

    internal override (IDataSource Source, string Place)? WithNul()
    {
        Run("DROP TABLE IF EXISTS nul");
        Create("nul", "id INTEGER, name VARCHAR(40)");
        Run("INSERT INTO nul VALUES (1, 'a'), (2, 'SE' || char(0) || 'CRET')");
        return (new OdbcSource(Source("nul")), "row 2, column 'name'");
    }

    internal override OdbcSettings Source(string? table = null, string? query = null) =>
        new() { Id = "patients", Connection = Connection, Table = table, Query = query };

    [Fact]
    public async Task ATextThatIsNone_IsRefusedByItsPlace()
    {
        Create("odd", "id INTEGER, t VARCHAR");
        Run("INSERT INTO odd VALUES (1, 'x'), (2, CAST(X'41FF' AS TEXT))");

        var refusal = await RefusalAsync(new OdbcSource(Source("odd")), ColumnChoice.All);

        Assert.Contains("row 2, column 't': what the driver gives is no text of Unicode", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_AreLeftOut_UnlessTheyAreAskedFor()
    {
        Create("scans", "id INTEGER, scan BLOB");
        Run("INSERT INTO scans VALUES (1, zeroblob(100000))");
        var source = new OdbcSource(Source("scans"));

        Assert.Equal(["id"], ReadBack(await ExtractAsync(source, ColumnChoice.All)).Columns);
        Assert.Contains("column 'scan': it holds bytes", (await RefusalAsync(source, new(["scan"], null))).Message, StringComparison.Ordinal);
    }

    protected override void Create(string table, string columns) => Run($"CREATE TABLE {table} ({columns})");

    private string Connection => $"Driver=SQLite3;Database={Path.Combine(Folder, "patients.db")}";

    protected override void Run(string sql)
    {
        using var session = new OdbcSession(Connection, TimeSpan.FromSeconds(10));
        session.Execute(sql);
        session.Execute("COMMIT");
    }
}
