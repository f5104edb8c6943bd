using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Odbc;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data.Odbc;

/// <summary>What holds for every database behind ODBC, besides what holds for every source.</summary>
public abstract class OdbcLaws : DataSourceConformance
{
    protected OdbcLaws(string library) => Assert.SkipUnless(
        Directory.Exists("/usr/lib") && Directory.EnumerateFiles("/usr/lib", library, SearchOption.AllDirectories).Any(), $"no {library} on this host (./build setup)");

    /// <summary>Read by a user who may do nothing else.</summary>
    internal abstract OdbcSettings Source(string? table = null, string? query = null);

    /// <summary>As the database's owner, for good.</summary>
    protected abstract void Run(string sql);

    /// <summary>The owner may read it, and the reader too.</summary>
    protected abstract void Create(string table, string columns);

    /// <summary>A query that takes minutes.</summary>
    protected abstract string Endless { get; }

    /// <summary>A query that gives thousands of rows, and then sleeps; null where there is no connection that could break off.</summary>
    protected virtual string? HalfEndless => null;

    /// <summary>Ends what the reader does, as soon as it sleeps.</summary>
    protected virtual Task BreakOffAsync() => Task.CompletedTask;

    /// <summary>Columns for a whole number, a decimal, a double, a date and a text.</summary>
    protected abstract string TypesTable { get; }

    internal override IDataSource Table(int rows)
    {
        Run("DROP TABLE IF EXISTS patients");
        Create("patients", "id INTEGER, name VARCHAR(40), value DOUBLE PRECISION");
        if (rows > 0)
        {
            Run("INSERT INTO patients VALUES " + string.Join(", ", Enumerable.Range(1, rows).Select(Row).Select(row =>
                $"({row[0]}, '{row[1].Replace("'", "''", StringComparison.Ordinal)}', {(row[2].Length == 0 ? "NULL" : row[2])})")));
        }

        return new OdbcSource(Source("patients"));
    }

    internal override IDataSource Absent() => new OdbcSource(Source("nothing_here"));

    internal override IDataSource Wide(int columns) =>
        new OdbcSource(Source(query: "SELECT " + string.Join(", ", Enumerable.Range(0, columns).Select(i => $"{i} AS c{i}"))));

    /// <summary>Databases know the encoding of each text.</summary>
    internal override (IDataSource Source, string Place)? InTwoEncodings() => null;

    internal override IDataSource Broken()
    {
        Table(3);
        return new OdbcSource(Source("patients") with { Types = new Dictionary<string, ColumnType> { ["name"] = ColumnType.Number } });
    }

    [Fact]
    public async Task Cells_ComeOutAsTheyAre()
    {
        Run("DROP TABLE IF EXISTS kinds");
        Create("kinds", TypesTable);
        Run("INSERT INTO kinds VALUES (9007199254740993, '123456789012345.6700', 0.1, '2024-02-29', '  日本-é😀 '), (-1, '-0.5000', 1e300, NULL, 'NA'), (NULL, NULL, NULL, NULL, NULL)");

        var snapshot = await ExtractAsync(new OdbcSource(Source("kinds")), ColumnChoice.All);

        Assert.Equal(
        [
            ["9007199254740993", "123456789012345.6700", "0.1", "2024-02-29", "  日本-é😀 "],
            ["-1", "-0.5000", "1E+300", "", "NA"],
            ["", "", "", "", ""],
        ], ReadBack(snapshot).Rows);
        Assert.Equal([ColumnType.Number, DecimalsAre, ColumnType.Number, ColumnType.Text, ColumnType.Text], snapshot.Columns.Select(c => c.Type));
    }

    protected virtual ColumnType DecimalsAre => ColumnType.Number;

    [Fact]
    public async Task ManyBlocksOfRows_AreAllOfThem()
    {
        Table(1);
        Run("INSERT INTO patients WITH RECURSIVE n(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n WHERE x < 900) SELECT x, 'x', x FROM n");
        Run("INSERT INTO patients SELECT p.id + 900 * q.id, p.name, 0 FROM patients p, patients q WHERE q.id < 4");

        var snapshot = await ExtractAsync(new OdbcSource(Source(query: "SELECT id, name FROM patients ORDER BY id")), ColumnChoice.All);

        Assert.Equal(Enumerable.Range(1, 3600).Select(id => $"{id}"), ReadBack(snapshot).Rows.Select(row => row[0]));
    }

    [Fact]
    public async Task ATextLongerThanABlocksCell_ComesOutWhole()
    {
        Run("DROP TABLE IF EXISTS notes");
        Create("notes", "id INTEGER, note TEXT");
        var text = string.Concat(Enumerable.Repeat("日本-é ", 4000)).Trim();
        Run($"INSERT INTO notes VALUES (1, 'short'), (2, '{text}'), (3, NULL)");

        var snapshot = await ExtractAsync(new OdbcSource(Source("notes")), ColumnChoice.All);

        Assert.Equal([["1", "short"], ["2", text], ["3", ""]], ReadBack(snapshot).Rows);
    }

    [Fact]
    public async Task ALongReading_IsStopped_AndLeavesNothing()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reading = new OdbcSource(Source(query: Endless)).ExtractAsync(ColumnChoice.All, Path.Combine(Folder, "snapshot"), stop.Token);

        stop.CancelAfter(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
        Assert.False(File.Exists(Path.Combine(Folder, "snapshot")));
    }

    [Fact]
    public async Task WhatTakesLongerThanAllowed_IsRefused()
    {
        var refusal = await RefusalAsync(new OdbcSource(Source(query: Endless) with { Timeout = TimeSpan.FromSeconds(1) }), ColumnChoice.All);

        Assert.Equal(RunCodes.DataUnavailable, refusal.Code);
        Assert.Contains("it took longer than", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATableThatIsDroppedMeanwhile_IsUnavailable_AndLeavesNothing()
    {
        var source = Table(3);
        Assert.Equal(3, (await ExtractAsync(source, ColumnChoice.All)).Rows);
        File.Delete(Path.Combine(Folder, "snapshot"));
        Run("DROP TABLE patients");

        var refusal = await RefusalAsync(source, ColumnChoice.All);

        Assert.Equal(RunCodes.DataUnavailable, refusal.Code);
        Assert.Contains("source 'patients' (ODBC, patients)", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "snapshot")));
    }

    /// <summary>In the middle of the table: what was written by then goes, and who asks again gets it.</summary>
    [Fact]
    public async Task AConnectionThatBreaksOffMeanwhile_LeavesNothing_AndTheDataCanBeReadAgain()
    {
        if (HalfEndless is not { } query)
        {
            return;
        }

        Table(3);
        var reading = RefusalAsync(new OdbcSource(Source(query: query)), ColumnChoice.All);
        await BreakOffAsync();

        var refusal = await reading;
        Assert.Equal(RunCodes.DataUnavailable, refusal.Code);
        Assert.Contains("the connection broke off", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "snapshot")));
        Assert.Equal(3, (await ExtractAsync(new OdbcSource(Source("patients")), ColumnChoice.All)).Rows);
    }

    [Fact]
    public async Task ADriverThatIsNotThere_IsNamedByItsKey_AndNothingElseIsSaid()
    {
        var refusal = await RefusalAsync(new OdbcSource(Source("patients") with { Connection = "Driver=No such driver;Server=SECRET" }), ColumnChoice.All);

        Assert.Contains("'connection' names is not there", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ColumnsOfOneName_AreRefused()
    {
        Table(1);

        Assert.Contains("two columns are called 'id'", (await RefusalAsync(
            new OdbcSource(Source(query: "SELECT id, id FROM patients")), ColumnChoice.All)).Message, StringComparison.Ordinal);
    }

    /// <summary>A query that writes has no effect, whatever the database says to it.</summary>
    [Fact]
    public async Task AQueryThatWrites_WritesNothing()
    {
        Table(3);

        await RefusalAsync(new OdbcSource(Source(query: "DELETE FROM patients")), ColumnChoice.All);

        Assert.Equal(3, (await ExtractAsync(new OdbcSource(Source("patients")), ColumnChoice.All)).Rows);
    }
}
