using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Tables.Csv;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.Algorithms.Tables;

/// <summary>What is read of a kept or partly seen table is what its file holds.</summary>
public sealed class KeptTableTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public KeptTableTests() => File.WriteAllLines(path,
        ["a,b,c", .. Enumerable.Range(1, 9000).Select(i => $"{i},{(i % 7 == 0 ? "" : $"{i * 0.5}")},{"xyz"[i % 3]}")]);

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(20_000)]
    [InlineData(0)]
    public async Task WhateverIsKept_EveryReadingIsThatOfTheFile(long room)
    {
        var file = new CsvTable("t", path);
        var kept = new KeptTable(file, room);
        ColumnSchema a = new("a", ColumnType.Number), b = new("b", ColumnType.Number), c = new("c", ColumnType.Text);

        foreach (var columns in (ColumnSchema[][])[[a], [b, a], [c, b], [a, b, c], [a], [c with { Found = null }, c]])
        {
            Assert.Equal(await CellsAsync(file, columns), await CellsAsync(kept, columns));
        }

        Assert.Equal(await file.ReadSchemaAsync(TestContext.Current.CancellationToken), await kept.ReadSchemaAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AFault_IsThatOfTheFile_EachTime()
    {
        var kept = new KeptTable(new CsvTable("t", path), 1_000_000);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            await Assert.ThrowsAsync<DataInvalidException>(() => CellsAsync(kept, [new("c", ColumnType.Number)]));
            await Assert.ThrowsAsync<DataInvalidException>(() => CellsAsync(kept, [new("nope", ColumnType.Text)]));
        }
    }

    [Fact]
    public async Task WhatIsNotSeen_IsNotThere()
    {
        var seen = new SeenTable(new CsvTable("t", path), ["a", "c"]);

        Assert.Equal(["a", "c"], (await seen.ReadSchemaAsync(TestContext.Current.CancellationToken)).Select(column => column.Name));
        var hidden = await Assert.ThrowsAsync<DataInvalidException>(() => CellsAsync(seen, [new("b", ColumnType.Number)]));
        Assert.Equal("'t' has no column 'b'.", hidden.Message);
    }

    private static async Task<List<string>> CellsAsync(ITable table, IReadOnlyList<ColumnSchema> columns)
    {
        var cells = new List<string>();
        await foreach (var batch in table.ReadAsync(columns, TestContext.Current.CancellationToken))
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                cells.Add(string.Join('|', batch.Columns.Select(column => column switch
                {
                    NumberColumn numbers => numbers.Values.Span[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                    TextColumn texts => texts.Codes.Span[row] is >= 0 and var code ? texts.Levels[code] : "-",
                    _ => throw new InvalidOperationException(),
                })));
            }
        }

        return cells;
    }
}
