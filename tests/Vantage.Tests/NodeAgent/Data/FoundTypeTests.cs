using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.NodeAgent.Data;

/// <summary>What is told of columns whose type nobody declared.</summary>
public sealed class FoundTypeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-found-");
    private readonly CsvSourceSettings settings;

    public FoundTypeTests() => settings = new() { Id = "data", Path = Path.Combine(folder.FullName, "south.csv") };

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task ASlipInAColumnOfNumbers_IsToldByItsLine()
    {
        var column = await OnlyAsync("x\n1\n2\nNA\noops\n4\n");

        Assert.Equal(ColumnType.Text, column.Type);
        Assert.Equal(new TextFound("south.csv, line 5", 3, 1), column.Found);
        Assert.True(column.Found!.IsDoubtful);
    }

    [Fact]
    public async Task ACategory_IsNoSlip()
    {
        var column = await OnlyAsync("x\na\nb\n3\n");

        Assert.False(column.Found!.IsDoubtful);
    }

    [Fact]
    public async Task WhatWasDeclaredText_IsNotDoubted()
    {
        var column = await OnlyAsync("x\n1\n2\n3a\n", s => s with { Types = new Dictionary<string, ColumnType> { ["x"] = ColumnType.Text } });

        Assert.Equal(new ColumnSchema("x", ColumnType.Text), column);
    }

    [Theory]
    [InlineData("x\n1.5\n\"2,5\"\n3.5\n", '.')]
    [InlineData("x\n\"1,5\"\n2.5\n\"3,5\"\n", ',')]
    public async Task OneCellByTheOtherSeparator_IsASlip_NotADialect(string text, char separator)
    {
        var column = await OnlyAsync(text, s => s with { Decimal = separator });

        Assert.Equal("south.csv, line 3", column.Found!.Where);
    }

    [Fact]
    public async Task DecimalCommasDeclared_AreNumbers()
    {
        var column = await OnlyAsync("x;y\n1,5;a\n2;b\n", s => s with { Delimiter = ';', Decimal = ',' });

        Assert.Equal(new ColumnSchema("x", ColumnType.Number), column);
    }

    [Fact]
    public async Task ExcelsLine_IsNoRow()
    {
        var column = await OnlyAsync("sep=;\r\nx;y\r\n1;a\r\noops;b\r\n2;c\r\n", s => s with { Delimiter = ';' });

        Assert.Equal("south.csv, line 4", column.Found!.Where);
    }

    private async Task<ColumnSchema> OnlyAsync(string text, Func<CsvSourceSettings, CsvSourceSettings>? declare = null)
    {
        await File.WriteAllTextAsync(settings.Path, text, TestContext.Current.CancellationToken);
        var done = Assert.IsType<Extraction.Done>(await new CsvSource(declare?.Invoke(settings) ?? settings).ExtractAsync(
            new(["x"], null), Path.Combine(folder.FullName, "snapshot"), TestContext.Current.CancellationToken));
        return Assert.Single(done.Snapshot.Columns);
    }
}
