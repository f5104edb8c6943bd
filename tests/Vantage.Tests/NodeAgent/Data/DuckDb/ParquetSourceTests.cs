using Vantage.DuckDb;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Disclosure.Memory.Sketches;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.NodeAgent.Data.DuckDb;

public sealed class ParquetSourceTests : FileSourceConformance
{
    private static readonly int Spoilings = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak" ? 5000 : 60;

    private readonly ParquetSettings settings;

    public ParquetSourceTests() => settings = new() { Id = "patients", Path = Path.Combine(Folder, "patients.parquet") };

    internal override IDataSource Table(int rows)
    {
        // The quotes and line breaks of the conformance table, in SQL.
        var cells = Enumerable.Range(1, rows).Select(Row).Select(row =>
            $"({row[0]}, '{row[1].Replace("'", "''", StringComparison.Ordinal)}', {(row[2].Length == 0 ? "NULL" : row[2])})");
        var select = rows == 0
            ? "SELECT 1 AS id, 'x' AS name, 1.5::DOUBLE AS value LIMIT 0"
            : $"SELECT id, name, value::DOUBLE AS value FROM (VALUES {string.Join(", ", cells)}) t(id, name, value)";
        return Source(select);
    }

    internal override IDataSource Wide(int columns) => Source("SELECT " + string.Join(", ", Enumerable.Range(0, columns).Select(i => $"{i} AS c{i}")));

    internal override (IDataSource Source, string Place)? WithNul() =>
        (Source("SELECT id, CASE id WHEN 1 THEN 'a' ELSE 'SE' || chr(0) || 'CRET' END AS name FROM (VALUES (1), (2)) t(id)"), "(patients.parquet), row 2, column 'name'");

    /// <summary>DuckDB writes no such file, so its bytes are changed.</summary>
    internal override (IDataSource Source, string Place)? InTwoEncodings()
    {
        var source = Source("SELECT 1 AS id, 'SECRET' AS name", "FORMAT parquet, COMPRESSION uncompressed");
        var bytes = File.ReadAllBytes(settings.Path);
        for (var at = bytes.AsSpan().IndexOf("SECRET"u8); at >= 0; at = bytes.AsSpan().IndexOf("SECRET"u8))
        {
            bytes[at + 2] = 0xEB;
        }

        File.WriteAllBytes(settings.Path, bytes);
        return (source, "(patients.parquet), column 'name': bytes that are not UTF-8");
    }

    internal override IDataSource Absent() => new ParquetSource(settings with { Path = Path.Combine(Folder, "none.parquet") });

    internal override IDataSource Broken()
    {
        Source("SELECT range AS a FROM range(1000)");
        using var file = File.OpenWrite(settings.Path);
        file.SetLength(file.Length - 100);
        return new ParquetSource(settings);
    }

    [Theory]
    [InlineData("SELECT 0.1::FLOAT AS x", "0.10000000149011612")]
    [InlineData("SELECT 0.1::DOUBLE AS x", "0.1")]
    [InlineData("SELECT 12345678901234.56::DECIMAL(18,2) AS x", "12345678901234.56")]
    [InlineData("SELECT 9007199254740993::BIGINT AS x", "9007199254740993")]
    [InlineData("SELECT true AS x", "1")]
    [InlineData("SELECT NULL::INTEGER AS x", "")]
    public async Task Numbers_ComeOutAsTheValuesTheyAre(string select, string expected)
    {
        var snapshot = await ExtractAsync(Source(select), ColumnChoice.All);

        Assert.Equal(ColumnType.Number, Assert.Single(snapshot.Columns).Type);
        Assert.Equal([[expected]], ReadBack(snapshot).Rows);
    }

    [Theory]
    [InlineData("SELECT DATE '2024-02-29' AS x", "2024-02-29")]
    [InlineData("SELECT TIMESTAMP '2024-02-29 12:30:00' AS x", "2024-02-29 12:30:00")]
    [InlineData("SELECT '  blanks ' AS x", "  blanks ")]
    [InlineData("SELECT 'NA' AS x", "NA")]
    public async Task Texts_ComeOutAsTheyStand(string select, string expected)
    {
        var snapshot = await ExtractAsync(Source(select), ColumnChoice.All);

        Assert.Equal(ColumnType.Text, Assert.Single(snapshot.Columns).Type);
        Assert.Equal([[expected]], ReadBack(snapshot).Rows);
        Assert.Equal([], snapshot.Options!.Missing!);
    }

    [Fact]
    public async Task MissingCodes_AreLeftOut()
    {
        Source("SELECT * FROM (VALUES (1.0, 'a'), (-9.0, 'unknown')) t(x, y)");

        var snapshot = await ExtractAsync(new ParquetSource(settings with { Missing = ["-9", "unknown"] }), ColumnChoice.All);

        Assert.Equal([["1.0", "a"], ["", ""]], ReadBack(snapshot).Rows);
    }

    [Fact]
    public async Task DeclaredTypes_Stand()
    {
        Source("SELECT * FROM (VALUES (1000, '1.5'), (2000, ''), (3000, 'NA')) t(zip, x)");
        var types = new Dictionary<string, ColumnType> { ["zip"] = ColumnType.Text, ["x"] = ColumnType.Number };

        var snapshot = await ExtractAsync(new ParquetSource(settings with { Types = types, Missing = ["NA", ""] }), ColumnChoice.All);
        var rows = ReadBack(snapshot).Rows;
        var refusal = await RefusalAsync(new ParquetSource(settings with { Types = types, Missing = [""] }), ColumnChoice.All);

        Assert.Equal([ColumnType.Text, ColumnType.Number], snapshot.Columns.Select(c => c.Type));
        Assert.Equal([["1000", "1.5"], ["2000", ""], ["3000", ""]], rows);
        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains("row 3, column 'x': not a number", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNoCell_IsLeftOut_UnlessItIsAskedFor()
    {
        var source = Source("SELECT 1 AS id, [1, 2] AS list, {'a': 1} AS structure, '\\xAA'::BLOB AS bytes");

        Assert.Equal(["id"], ReadBack(await ExtractAsync(source, ColumnChoice.All)).Columns);
        Assert.Contains("column 'list': it holds lists", (await RefusalAsync(source, new(["list"], null))).Message, StringComparison.Ordinal);
        Assert.Contains("column 'structure': it holds structures", (await RefusalAsync(source, new(["structure"], null))).Message, StringComparison.Ordinal);
        Assert.Contains("column 'bytes': it holds bytes", (await RefusalAsync(source, new(["bytes"], null))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesThatAreNoSql_AreNames()
    {
        var snapshot = await ExtractAsync(Source("SELECT 1 AS \"a\"\"; DROP\", 2 AS \"SELECT\", 3 AS \"it's\""), ColumnChoice.All);

        Assert.Equal(["a\"; DROP", "SELECT", "it's"], ReadBack(snapshot).Columns);
    }

    /// <summary>The file of pandas' own tests, written by Apache Arrow 1.5.1.</summary>
    [Fact]
    public async Task AForeignFile_IsRead()
    {
        var path = Checkout.PathOf("tests/Vantage.Tests/NodeAgent/Data/DuckDb/written-by-pyarrow.parquet");

        var snapshot = await ExtractAsync(new ParquetSource(settings with { Path = path }), ColumnChoice.All);

        Assert.Equal([["1", "foo"], ["2", "foo"], ["3", "foo"]], ReadBack(snapshot).Rows);
    }

    [Theory]
    [InlineData(-1, "its end is missing (after byte")]
    [InlineData(-4, "its end is missing (after byte")]
    [InlineData(2, "it does not begin as a Parquet file does")]
    public async Task ATruncatedFile_IsToldAsSuch(int length, string expected)
    {
        Source("SELECT 'SECRET' AS a FROM range(1000)");
        using (var file = File.OpenWrite(settings.Path))
        {
            file.SetLength(length > 0 ? length : file.Length + length);
        }

        var refusal = await RefusalAsync(new ParquetSource(settings), ColumnChoice.All);

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains($"source 'patients' (patients.parquet): patients.parquet: {expected}", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A length beyond the file, the largest that there is, none, and one that is negative where somebody reads it with a sign.</summary>
    [Theory]
    [InlineData(uint.MaxValue, "its table of contents is said to be longer than the file")]
    [InlineData(0x80000000u, "its table of contents is said to be longer than the file")]
    [InlineData(1_000_000u, "its table of contents is said to be longer than the file")]
    [InlineData(0u, "a damaged one")]
    [InlineData(1u, "a damaged one")]
    public async Task AFooterThatLies_IsRefused(uint length, string expected)
    {
        Source("SELECT 'SECRET' AS a FROM range(1000)");
        using (var file = File.OpenWrite(settings.Path))
        {
            file.Position = file.Length - 8;
            file.Write(BitConverter.GetBytes(length));
        }

        var refusal = await RefusalAsync(new ParquetSource(settings), ColumnChoice.All);

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhateverByteIsSpoiled_ThereIsASnapshotOrARefusal()
    {
        Source("SELECT range AS a, 'SECRET' || range AS b FROM range(200)");
        var whole = await File.ReadAllBytesAsync(settings.Path, Cancellation);
        var random = new Random(20261121);
        for (var i = 0; i < Spoilings; i++)
        {
            var spoiled = (byte[])whole.Clone();
            spoiled[random.Next(spoiled.Length)] ^= (byte)random.Next(1, 256);
            await File.WriteAllBytesAsync(settings.Path, spoiled, Cancellation);
            var snapshot = Path.Combine(Folder, "snapshot");
            if (await new ParquetSource(settings).ExtractAsync(ColumnChoice.All, snapshot, Cancellation) is Extraction.Failed failed)
            {
                Assert.DoesNotContain("SECRET", failed.Message, StringComparison.Ordinal);
                Assert.False(File.Exists(snapshot));
            }
            else
            {
                File.Delete(snapshot);
            }
        }
    }

    [Fact]
    public async Task BlanksAroundAName_BelongToIt()
    {
        var snapshot = await ExtractAsync(Source("SELECT 1 AS \"id \", 2.5 AS \" x\", 3 AS y"), ColumnChoice.All);

        Assert.Equal("\"id \",\" x\",y", (await File.ReadAllLinesAsync(snapshot.Path, Cancellation))[0]);
    }

    /// <summary>SQL takes them for one, and DuckDB would give the second a name of its own.</summary>
    [Fact]
    public async Task NamesThatDifferInSizeOnly_AreRefused()
    {
        var source = Source("SELECT 1 AS id, 2 AS xx");
        var bytes = await File.ReadAllBytesAsync(settings.Path, Cancellation);
        for (var at = bytes.AsSpan().IndexOf("xx"u8); at >= 0; at = bytes.AsSpan().IndexOf("xx"u8))
        {
            "ID"u8.CopyTo(bytes.AsSpan(at));
        }

        await File.WriteAllBytesAsync(settings.Path, bytes, Cancellation);

        Assert.Contains("the same name but for large and small letters ('ID')", (await RefusalAsync(source, ColumnChoice.All)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASession_ReachesNothingElse_AndCanNotBeToldOtherwise()
    {
        using var session = new DuckSession(new(), [settings.Path], settings.Path + ".tmp", Cancellation);

        Assert.All((string[])
        [
            "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM glob('/etc/*')", "ATTACH '/tmp/x.db'",
            "COPY (SELECT 1) TO '/tmp/vtg-escaped.csv'", "INSTALL httpfs", "LOAD httpfs", "SET enable_external_access = true",
            "SET memory_limit = '100GB'", "RESET lock_configuration", "SET allowed_paths = ['/etc/passwd']", "EXPORT DATABASE '/tmp/vtg-escaped'",
        ], sql => Assert.Throws<DuckException>(() => session.Run(sql)));
    }

    [Fact]
    public void ASession_StaysWithinItsMemory()
    {
        using var session = new DuckSession(new DuckCaps(MemoryMiB: 32, TempMiB: 1), [settings.Path], settings.Path + ".tmp", Cancellation);

        var fault = Assert.Throws<DuckException>(() => session.Run("CREATE TABLE t AS SELECT range, random() FROM range(20000000) ORDER BY 2"));

        Assert.Equal(RunCodes.DataUnavailable, new DuckFaults(settings).Of(fault, []).Code);
    }

    [Fact]
    public async Task ALongReading_IsStopped()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var session = new DuckSession(new(), [settings.Path], settings.Path + ".tmp", stop.Token);
        var reading = Task.Run(() => session.Run("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = -1"), Cancellation);

        stop.CancelAfter(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
    }

    [Fact]
    public async Task AnUnchangedFile_IsLookedThroughOnce_AndAChangedOneAgain()
    {
        var contents = new SeenContents();
        var first = await SeenAsync(Table(40));
        var again = await SeenAsync(new ParquetSource(settings));
        var later = await SeenAsync(Table(38));

        Assert.Same(first.All, again.All);
        Assert.Equal(RowDifference.Few, first.All.Against(later.All, 10));

        async Task<RowScope> SeenAsync(IDataSource source)
        {
            var watch = new RowWatch(new SipHash(new byte[16]), MemoryRules.Acro, source.Id, contents);
            var snapshot = await ExtractAsync(source, new(["value"], null) { Watch = watch });
            File.Delete(snapshot.Path);
            return Assert.Single(watch.Scopes(snapshot.Rows)!);
        }
    }

    [Fact]
    public async Task TheDigest_IsOfTheFilesBytes()
    {
        var snapshot = await ExtractAsync(Source("SELECT 1 AS a"), ColumnChoice.All);

        Assert.Equal(Digest.Of(await File.ReadAllBytesAsync(settings.Path, Cancellation)), snapshot.Content);
    }

    private ParquetSource Source(string select, string options = "FORMAT parquet")
    {
        DuckFile.Write(settings.Path, select, Cancellation, options);
        return new ParquetSource(settings);
    }
}
