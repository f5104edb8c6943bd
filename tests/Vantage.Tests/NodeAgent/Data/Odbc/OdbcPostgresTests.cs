using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Odbc;
using Vantage.Tests.NodeAgent.Data.Postgres;

namespace Vantage.Tests.NodeAgent.Data.Odbc;

/// <summary>psqlODBC, against the same server that PostgreSQL's own sources are shown with.</summary>
public sealed class OdbcPostgresTests(Hospital hospital) : OdbcLaws("psqlodbcw.so"), IClassFixture<Hospital>
{
    protected override string Endless => "SELECT id, pg_sleep(60)::text AS slept FROM generate_series(1, 9) id";

    protected override string TypesTable => "i BIGINT, n NUMERIC(30,4), x DOUBLE PRECISION, d DATE, s VARCHAR(40)";

    internal override OdbcSettings Source(string? table = null, string? query = null)
    {
        var own = hospital.Source(table, query);
        return new OdbcSettings
        {
            Id = own.Id, Table = own.Table, Query = own.Query, Password = own.Password,
            Connection = $"Driver=PostgreSQL Unicode;Servername={own.Host};Port={own.Port};Database={own.Database};UID={own.User};UseDeclareFetch=1;Fetch=1000",
        };
    }

    [Fact]
    public async Task AUserWhoMayWrite_IsRefused()
    {
        Table(3);
        Run($"GRANT SELECT, DELETE ON patients TO {hospital.Writer}");
        var writer = Source("patients");

        var refusal = await RefusalAsync(new OdbcSource(writer with
        {
            Connection = writer.Connection.Replace(hospital.Reader, hospital.Writer, StringComparison.Ordinal),
        }), ColumnChoice.All);

        Assert.Contains("may write to a table", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFloat_IsTheNumberThatItIs() => Assert.Equal([["0.10000000149011612", "1"]], ReadBack(await ExtractAsync(
        new OdbcSource(Source(query: "SELECT 0.1::real AS x, true AS b")), ColumnChoice.All)).Rows);

    [Fact]
    public async Task AConnectionThatBreaksOffMeanwhile_LeavesNothing()
    {
        Table(3);
        var reading = RefusalAsync(new OdbcSource(Source(query: Endless)), ColumnChoice.All);
        await hospital.BreakOffAsync();

        Assert.Contains("the connection broke off", (await reading).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Folder));
    }

    protected override void Create(string table, string columns) => Run($"CREATE TABLE {table} ({columns}); GRANT SELECT ON {table} TO {hospital.Reader}");

    protected override void Run(string sql) => hospital.Run(sql);
}
