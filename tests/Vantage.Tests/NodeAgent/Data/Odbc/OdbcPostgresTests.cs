using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Odbc;
using Vantage.Tests.NodeAgent.Data.Postgres;

namespace Vantage.Tests.NodeAgent.Data.Odbc;

/// <summary>psqlODBC, against the same server that PostgreSQL's own sources are shown with.</summary>
public sealed class OdbcPostgresTests(Hospital hospital) : OdbcLaws("psqlodbcw.so"), IClassFixture<Hospital>
{
    protected override string Endless => "SELECT id, pg_sleep(60)::text AS slept FROM generate_series(1, 9) id";

    protected override string HalfEndless => Hospital.HalfEndless;

    protected override Task BreakOffAsync() => hospital.BreakOffAsync();

    protected override string TypesTable => "i BIGINT, n NUMERIC(30,4), x DOUBLE PRECISION, d DATE, s VARCHAR(40)";

    protected override int MostColumns => 1600;

    internal override (IDataSource Source, string Place)? WithNul() => null;

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

    /// <summary>The cursor holds the table: who drops it waits, and the rows are all there.</summary>
    [Fact]
    public async Task ATableThatIsDroppedWhileItIsRead_StaysToTheEnd()
    {
        Table(3);
        var reading = ExtractAsync(new OdbcSource(Source(query: "SELECT id, pg_sleep(0.2)::text AS slept FROM patients")), ColumnChoice.All);

        await hospital.DropWhileReadAsync("patients");

        Assert.Equal(3, (await reading).Rows);
    }

    protected override void Create(string table, string columns) => Run($"CREATE TABLE {table} ({columns}); GRANT SELECT ON {table} TO {hospital.Reader}");

    protected override void Run(string sql) => hospital.Run(sql);
}
