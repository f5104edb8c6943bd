using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Databases;
using Vantage.NodeAgent.Data.Postgres;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data.Postgres;

public sealed class PostgresSourceTests(Hospital hospital) : DataSourceConformance, IClassFixture<Hospital>
{
    internal override IDataSource Table(int rows)
    {
        Run($"DROP TABLE IF EXISTS patients CASCADE; CREATE TABLE patients (id integer, name text, value double precision); GRANT SELECT ON patients TO {hospital.Reader}");
        if (rows > 0)
        {
            Run("INSERT INTO patients VALUES " + string.Join(", ", Enumerable.Range(1, rows).Select(Row).Select(row =>
                $"({row[0]}, '{row[1].Replace("'", "''", StringComparison.Ordinal)}', {(row[2].Length == 0 ? "NULL" : row[2])})")));
        }

        return new PostgresSource(hospital.Source("patients"));
    }

    internal override IDataSource Absent() => new PostgresSource(hospital.Source("nothing_here"));

    /// <summary>PostgreSQL's own limit: 1,600 of a table, 1,664 of a query.</summary>
    protected override int MostColumns => 1600;

    internal override IDataSource Wide(int columns) =>
        new PostgresSource(hospital.Source(query: "SELECT " + string.Join(", ", Enumerable.Range(0, columns).Select(i => $"{i} AS c{i}"))));

    /// <summary>PostgreSQL has none in a text, and knows the encoding of each.</summary>
    internal override (IDataSource Source, string Place)? WithNul() => null;

    internal override (IDataSource Source, string Place)? InTwoEncodings() => null;

    internal override IDataSource Broken()
    {
        Table(3);
        return new PostgresSource(hospital.Source(query: "SELECT name::integer AS a FROM patients"));
    }

    [Fact]
    public async Task AViewAndAQuery_AreSourcesToo()
    {
        Table(10);
        Run($"CREATE VIEW old AS SELECT id, value FROM patients WHERE id > 5; GRANT SELECT ON old TO {hospital.Reader}");

        var view = await ExtractAsync(new PostgresSource(hospital.Source("public.old")), ColumnChoice.All);
        var rows = ReadBack(view).Rows;
        File.Delete(view.Path);
        var query = await ExtractAsync(new PostgresSource(hospital.Source(query: "SELECT count(*) AS n FROM patients;\n")), ColumnChoice.All);

        Assert.Equal(["6", "6.5"], rows[0]);
        Assert.Equal([["10"]], ReadBack(query).Rows);
    }

    [Fact]
    public async Task AView_IsAddedByCommand()
    {
        Table(10);
        Run($"CREATE VIEW young AS SELECT id, value FROM patients WHERE id < 5; GRANT SELECT ON young TO {hospital.Reader}");
        var (at, settings) = (hospital.Source("public.young"), Path.Combine(Folder, "node.yaml"));
        await File.WriteAllTextAsync(settings, "coordinator: 'http://127.0.0.1:1/'\n", Cancellation);
        using var output = new StringWriter();

        var code = await VerbLine.RunAsync(NodeVerbs.All,
            ["data", "add", "young", "--host", at.Host, "--port", $"{at.Port}", "--database", at.Database, "--user", at.User,
                "--password-file", hospital.PasswordFile, "--table", "public.young", "--dir", Folder], output, TextWriter.Null, Cancellation);

        Assert.True(code == ExitCodes.Ok, $"{output}");
        Assert.Contains("ok   young: 4 rows, 2 columns", $"{output}", StringComparison.Ordinal);
        Assert.DoesNotContain("reading-is-all-it-may", await File.ReadAllTextAsync(settings, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheDigest_DoesNotDependOnTheOrderOfRows()
    {
        Table(50);
        var source = hospital.Source("patients");
        var before = await DigestAsync(source);

        Run("CREATE TABLE copy AS SELECT * FROM patients ORDER BY id DESC; TRUNCATE patients; INSERT INTO patients SELECT * FROM copy; DROP TABLE copy");
        var reordered = await DigestAsync(source);
        Run("UPDATE patients SET value = 0 WHERE id = 7");

        Assert.Equal(before, reordered);
        Assert.NotEqual(before, await DigestAsync(source));
    }

    [Theory]
    [InlineData("0.1::real", "0.10000000149011612", ColumnType.Number)]
    [InlineData("12345678901234567890.5::numeric", "12345678901234567890.5", ColumnType.Number)]
    [InlineData("true", "1", ColumnType.Number)]
    [InlineData("NULL::integer", "", ColumnType.Number)]
    [InlineData("DATE '2024-02-29'", "2024-02-29", ColumnType.Text)]
    [InlineData("'  blanks '::text", "  blanks ", ColumnType.Text)]
    [InlineData("'NA'::varchar(5)", "NA", ColumnType.Text)]
    public async Task Cells_ComeOutAsTheyAre(string expression, string expected, ColumnType type)
    {
        var snapshot = await ExtractAsync(new PostgresSource(hospital.Source(query: $"SELECT {expression} AS x")), ColumnChoice.All);

        Assert.Equal(type, Assert.Single(snapshot.Columns).Type);
        Assert.Equal([[expected]], ReadBack(snapshot).Rows);
    }

    [Fact]
    public async Task WhatIsNoCell_IsLeftOut_UnlessItIsAskedFor()
    {
        var source = new PostgresSource(hospital.Source(query: "SELECT 1 AS id, ARRAY[1,2] AS list, '{}'::jsonb AS doc"));

        Assert.Equal(["id"], ReadBack(await ExtractAsync(source, ColumnChoice.All)).Columns);
        Assert.Contains("column 'list': it holds integer[]", (await RefusalAsync(source, new(["list"], null))).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> WaysToWrite => new()
    {
        { "GRANT UPDATE ON other TO {0}", "may write to a table" },
        { "GRANT INSERT (a) ON other TO {0}", "may write to a table" },
        { "GRANT CREATE ON SCHEMA public TO {0}", "may make tables in a schema" },
    };

    [Theory]
    [MemberData(nameof(WaysToWrite))]
    public async Task ARoleThatMayWriteAnywhere_IsRefused(string grant, string expected)
    {
        Table(3);
        Run($"CREATE TABLE IF NOT EXISTS other (a integer); GRANT SELECT ON patients TO {hospital.Writer}; REVOKE ALL ON other FROM {hospital.Writer};"
            + $" REVOKE ALL (a) ON other FROM {hospital.Writer}; {string.Format(System.Globalization.CultureInfo.InvariantCulture, grant, hospital.Writer)}");

        var refusal = await RefusalAsync(new PostgresSource(hospital.Source("patients") with { User = hospital.Writer }), ColumnChoice.All);

        Run($"REVOKE CREATE ON SCHEMA public FROM {hospital.Writer}");
        Assert.Equal(RunCodes.DataUnavailable, refusal.Code);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatGoesWrong_IsToldWithoutTheServersWords()
    {
        Table(3);
        var source = hospital.Source("patients");
        var (wrong, open) = (Path.Combine(Folder, "wrong"), Path.Combine(Folder, "open"));
        Vantage.Protocol.Cryptography.KeyFile.Save(wrong, "SECRET");
        await File.WriteAllTextAsync(open, "SECRET", Cancellation);

        (PostgresSettings Source, string Expected)[] cases =
        [
            (source with { Password = new Secret(wrong, null) }, "does not accept the node's user or password (SQLSTATE 28P01)"),
            (source with { Password = new Secret(open, null) }, "open to others than its owner"),
            (source with { Password = new Secret(null, "hospital") }, "LoadCredential=hospital"),
            (source with { Database = "nowhere" }, "there is no such database"),
            (source with { Host = Folder }, "the database can't be reached"),
            (source with { Table = null, Query = "SELECT name::integer FROM patients" }, "can't compute a row"),
            (source with { Table = "pg_authid" }, "may not read it"),
        ];
        foreach (var (bad, expected) in cases)
        {
            var refusal = await RefusalAsync(new PostgresSource(bad), ColumnChoice.All);
            Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Hara", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(hospital.Reader, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ColumnsOfOneName_AreRefused() => Assert.Contains("two columns of the query have the same name", (await RefusalAsync(
        new PostgresSource(hospital.Source(query: "SELECT 1 AS id, 2 AS id")), ColumnChoice.All)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ATableThatIsDroppedMeanwhile_IsUnavailable_AndLeavesNothing()
    {
        var source = Table(3);
        Assert.Equal(3, (await ExtractAsync(source, ColumnChoice.All)).Rows);
        File.Delete(Path.Combine(Folder, "snapshot"));
        Run("DROP TABLE patients CASCADE");

        var refusal = await RefusalAsync(source, ColumnChoice.All);

        Assert.Equal(RunCodes.DataUnavailable, refusal.Code);
        Assert.Contains("Was it dropped or renamed?", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Folder));
    }

    [Fact]
    public async Task AConnectionThatBreaksOffMeanwhile_LeavesNothing_AndTheDataCanBeReadAgain()
    {
        Table(3);
        var reading = RefusalAsync(new PostgresSource(hospital.Source(query: Hospital.HalfEndless)), ColumnChoice.All);

        await hospital.BreakOffAsync();

        var refusal = await reading;
        Assert.Equal(RunCodes.DataUnavailable, refusal.Code);
        Assert.Contains("(SQLSTATE 57P01)", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Folder));
        Assert.Equal(3, (await ExtractAsync(new PostgresSource(hospital.Source("patients")), ColumnChoice.All)).Rows);
    }

    /// <summary>The reading's transaction holds the table: who drops it waits, and the rows are all there.</summary>
    [Fact]
    public async Task ATableThatIsDroppedWhileItIsRead_StaysToTheEnd()
    {
        Table(3);
        var reading = ExtractAsync(new PostgresSource(hospital.Source(query: "SELECT id, pg_sleep(0.2)::text AS slept FROM patients")), ColumnChoice.All);

        await hospital.DropWhileReadAsync("patients");

        Assert.Equal(3, (await reading).Rows);
    }

    [Fact]
    public async Task ALongReading_IsStopped()
    {
        Table(3);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reading = new PostgresSource(hospital.Source(query: "SELECT id, pg_sleep(60)::text AS slept FROM patients"))
            .ExtractAsync(ColumnChoice.All, Path.Combine(Folder, "snapshot"), stop.Token);

        stop.CancelAfter(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
    }

    private void Run(string sql) => hospital.Run(sql);

    private async Task<Vantage.Protocol.Cryptography.Digest> DigestAsync(PostgresSettings source)
    {
        var snapshot = await ExtractAsync(new PostgresSource(source), ColumnChoice.All);
        File.Delete(snapshot.Path);
        return snapshot.Content;
    }
}
