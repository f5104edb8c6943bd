using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Tables.Csv;
using Vantage.Algorithms.Tables.Parquet;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.NodeAgent.Data.DuckDb;

/// <summary>What a worker reads of a Parquet snapshot, beside what it reads of a CSV snapshot of the same source.</summary>
public sealed class ParquetSnapshotTests : IDisposable
{
    private static readonly int Spoilings = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak" ? 20_000 : 400;

    private readonly string folder = Directory.CreateTempSubdirectory("vtg-parquet-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("range::TINYINT - 5 FROM range(100)")]
    [InlineData("range % 2 = 1 FROM range(100)")]
    [InlineData("range::SMALLINT * -300 FROM range(100)")]
    [InlineData("range::UINTEGER + 4294967000 FROM range(100)")]
    [InlineData("range * 9007199254740993 FROM range(100)")]
    [InlineData("range::UBIGINT + 18446744073709551000 FROM range(100)")]
    [InlineData("range::HUGEINT * 123456789012345678901234567890 FROM range(100)")]
    [InlineData("range::DECIMAL(9,3) / 8 - 3 FROM range(100)")]
    [InlineData("(range * 90071992547409.93)::DECIMAL(18,2) FROM range(100)")]
    [InlineData("('-0.' || lpad(range::VARCHAR, 17, '0'))::DECIMAL(18,17) FROM range(100)")]
    [InlineData("(range || '12345678901234567890.123')::DECIMAL(38,3) FROM range(100)")]
    [InlineData("(range / 7)::FLOAT FROM range(100)")]
    [InlineData("(range - 50) / 7.0::DOUBLE FROM range(9000)")]
    [InlineData("unnest([1.0::DOUBLE, 0.1, 1e15, 1e16, 1e-4, 1e-5, 123456.75, 5e-324, 1.7976931348623157e308, -0.0, 3e100, 9007199254740993.0])")]
    [InlineData("CASE WHEN range % 3 > 0 THEN range / 3 END FROM range(300000)")]
    [InlineData("CASE WHEN range % 5000 = 7 THEN 1.5 END FROM range(20000)")]
    [InlineData("'level ' || range % 7 FROM range(10000)")]
    [InlineData("'person ' || range FROM range(30000)")]
    [InlineData("unnest(['', NULL, ' blanks ', 'NA', 'Grüße', 'a\"b', repeat('long', 4000)])")]
    [InlineData("DATE '2024-02-28' + range::INTEGER FROM range(10)")]
    [InlineData("NULL::DOUBLE FROM range(10)")]
    [InlineData("NULL::VARCHAR FROM range(10)")]
    [InlineData("1 LIMIT 0")]
    public async Task WhatAWorkerReads_IsWhatItReadsOfCsv(string select)
    {
        var (csv, parquet) = await BothAsync($"SELECT {select}");
        var schema = await csv.ReadSchemaAsync(Cancellation);

        Assert.Equal(schema, await parquet.ReadSchemaAsync(Cancellation));
        var text = new ColumnSchema(schema[0].Name, ColumnType.Text);
        Assert.Equal(await TextsAsync(csv, text), await TextsAsync(parquet, text));
        if (schema[0].Type == ColumnType.Number)
        {
            Assert.Equal(await NumbersAsync(csv, schema[0]), await NumbersAsync(parquet, schema[0]));
        }
    }

    [Fact]
    public async Task ManyColumns_AreReadBesideEachOther()
    {
        var (csv, parquet) = await BothAsync("SELECT " + string.Join(", ", Enumerable.Range(0, 3000).Select(i => $"range * {i} AS c{i}")) + " FROM range(500)");
        var schema = await csv.ReadSchemaAsync(Cancellation);

        foreach (var column in (ColumnSchema[])[schema[0], schema[1234], schema[2999]])
        {
            Assert.Equal(await NumbersAsync(csv, column), await NumbersAsync(parquet, column));
        }
    }

    /// <summary>Among the words of a CSV file "nan" is one more; here it is known to be no number.</summary>
    [Fact]
    public async Task NoNumber_IsMissing()
    {
        var (csv, parquet) = await BothAsync("SELECT unnest([1.5::DOUBLE, 'nan'::DOUBLE, 2.5]) AS x");

        Assert.Equal(await NumbersAsync(csv, new("x", ColumnType.Number)), await NumbersAsync(parquet, new("x", ColumnType.Number)));
        Assert.Equal(["1.5", null, "2.5"], await TextsAsync(parquet, new("x", ColumnType.Text)));
    }

    [Fact]
    public async Task AnInfiniteNumber_IsToldByItsRow()
    {
        var (_, parquet) = await BothAsync("SELECT CASE WHEN range = 4999 THEN 'inf'::DOUBLE ELSE range END AS x FROM range(6000)");

        var fault = await Assert.ThrowsAsync<DataInvalidException>(() => NumbersAsync(parquet, new("x", ColumnType.Number)));

        Assert.StartsWith("'table', line 5001, column 'x': infinite", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhateverIsSpoiled_ThereAreRowsOrARefusal()
    {
        await BothAsync("SELECT range AS a, 'SECRET' || range % 9 AS b, CASE WHEN range % 3 = 0 THEN range / 7 END AS c, 'x' || range AS d FROM range(3000)");
        var whole = await File.ReadAllBytesAsync(Path.Combine(folder, "snapshot.parquet"), Cancellation);
        var random = new Random(20261121);
        var path = Path.Combine(folder, "spoiled.parquet");
        var refused = 0;
        for (var i = 0; i < Spoilings; i++)
        {
            var spoiled = (byte[])whole.Clone();
            // Heads of pages, and the table of contents: spoilt numbers are numbers.
            var at = i % 2 == 0 ? random.Next(spoiled.Length) : spoiled.Length - 1 - random.Next(Math.Min(900, spoiled.Length));
            spoiled[at] ^= (byte)random.Next(1, 256);
            await File.WriteAllBytesAsync(path, i % 10 == 0 ? spoiled[..random.Next(spoiled.Length)] : spoiled, Cancellation);
            try
            {
                var table = new ParquetTable("table", path);
                await foreach (var _ in table.ReadAsync([.. (await table.ReadSchemaAsync(Cancellation)).Take(4)], Cancellation))
                {
                }
            }
            catch (DataInvalidException e)
            {
                refused++;
                Assert.DoesNotContain("SECRET", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, Spoilings / 10, Spoilings);
    }

    private async Task<(ITable Csv, ITable Parquet)> BothAsync(string select)
    {
        var path = Path.Combine(folder, "source.parquet");
        DuckFile.Write(path, select, Cancellation);
        var source = new ParquetSource(new() { Id = "table", Path = path });
        var csv = Assert.IsType<Extraction.Done>(await source.ExtractAsync(ColumnChoice.All, Path.Combine(folder, "snapshot.csv"), Cancellation)).Snapshot;
        var parquet = Assert.IsType<Extraction.Done>(await source.ExtractAsync(
            ColumnChoice.All with { InParquet = true }, Path.Combine(folder, "snapshot.parquet"), Cancellation)).Snapshot;
        Assert.Equal((csv.Rows, csv.Content), (parquet.Rows, parquet.Content));
        return (new CsvTable("table", csv.Path, csv.Options, csv.Columns), new ParquetTable("table", parquet.Path, parquet.Columns));
    }

    private static async Task<List<long>> NumbersAsync(ITable table, ColumnSchema column)
    {
        var bits = new List<long>();
        await foreach (var batch in table.ReadAsync([column], Cancellation))
        {
            bits.AddRange(batch.Numbers(0).Values.ToArray().Select(value => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value)));
            Assert.Equal(batch.Numbers(0).Values.ToArray().Count(double.IsNaN), batch.Numbers(0).Missing);
        }

        return bits;
    }

    private static async Task<List<string?>> TextsAsync(ITable table, ColumnSchema column)
    {
        var texts = new List<string?>();
        await foreach (var batch in table.ReadAsync([column], Cancellation))
        {
            texts.AddRange(batch.Texts(0).Codes.ToArray().Select(code => code < 0 ? null : batch.Texts(0).Levels[code]));
        }

        return texts;
    }
}
