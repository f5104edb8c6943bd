using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.Algorithms;

public sealed class CsvTableTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a,b\r\n1,2\r\n3,4")]
    [InlineData("\uFEFFa,b\n1,2\n\n3,4\n\n")]
    [InlineData("\"a\",\"b\"\n\"1\",2\n 3 ,\t4\n")]
    [InlineData("a,b\n1e0,2\n+3.0,4\n")]
    public async Task WaysToWriteTheSameTable_ReadTheSame(string text)
    {
        using var file = new CsvFile(text);

        Assert.Equal([new("a", ColumnType.Number), new("b", ColumnType.Number)], await file.SchemaAsync());
        Assert.Equal([1, 3], await file.NumbersAsync("a"));
        Assert.Equal(["2", "4"], await file.TextsAsync("b"));
    }

    [Fact]
    public async Task MissingCells_AreEmptyOrNaNOrListed()
    {
        using var file = new CsvFile("a,b\n,\nNA,NA\nNaN,NaN\n-99,-99\n5,x\n") { Options = new(Missing: ["NA", "-99"]) };

        Assert.Equal([null, null, null, null, 5], await file.NumbersAsync("a"));
        Assert.Equal([null, null, "NaN", null, "x"], await file.TextsAsync("b"));
    }

    [Fact]
    public async Task AColumnWithoutAnyValue_CanBeReadAsEither()
    {
        using var file = new CsvFile("a,b\n,1\nNA,2\n");

        Assert.Equal(new ColumnSchema("a", ColumnType.Number), (await file.SchemaAsync())[0]);
        Assert.Equal([null, null], await file.NumbersAsync("a"));
        Assert.Equal([null, null], await file.TextsAsync("a"));
    }

    [Fact]
    public async Task ASingleColumn_KeepsItsEmptyLinesAsMissing()
    {
        using var file = new CsvFile("a\n1\n\n3\n");

        Assert.Equal([1, null, 3], await file.NumbersAsync("a"));
    }

    [Fact]
    public async Task WithoutHeader_ColumnsAreCalledByTheirPlace()
    {
        using var file = new CsvFile("1,x\n2,y\n") { Options = new(Header: false) };

        Assert.Equal([new("column1", ColumnType.Number), new("column2", ColumnType.Text)], await file.SchemaAsync());
        Assert.Equal([1, 2], await file.NumbersAsync("column1"));
    }

    [Fact]
    public async Task ANamelessColumn_AsRWritesRowNumbers_IsCalledByItsPlace()
    {
        using var file = new CsvFile("\"\",\"a\"\n\"1\",5\n");

        Assert.Equal(["column1", "a"], (await file.SchemaAsync()).Select(c => c.Name));
    }

    [Fact]
    public async Task DecimalCommas_AreReadWhereTheSourceSaysSo()
    {
        using var file = new CsvFile("a;b\n1,5;x\n-2,25e1;y\n") { Options = new(Delimiter: ";", Decimal: ",") };

        Assert.Equal([1.5, -22.5], await file.NumbersAsync("a"));
    }

    [Fact]
    public async Task DecimalCommas_BetweenCommas_AreQuoted()
    {
        using var file = new CsvFile("a,b\n\"1,5\",x\n2,y\n") { Options = new(Decimal: ",") };

        Assert.Equal([1.5, 2], await file.NumbersAsync("a"));
    }

    [Theory]
    [InlineData("a;b\n1,234;2\n")]
    [InlineData("a;b\n1 234;2\n")]
    [InlineData("a;b\n1'234;2\n")]
    [InlineData("a;b\n0x10;2\n")]
    [InlineData("a;b\ntrue;2\n")]
    public async Task WhatOnlyLooksLikeANumber_IsText(string text)
    {
        using var file = new CsvFile(text) { Options = new(Delimiter: ";") };

        Assert.Equal(new ColumnSchema("a", ColumnType.Text), (await file.SchemaAsync())[0]);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    public async Task Encodings_GiveTheSameText(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        using var file = new CsvFile(encoding.GetBytes("größe,ort\n1,Köln\n")) { Options = new(Encoding: name) };

        Assert.Equal([1], await file.NumbersAsync("größe"));
        Assert.Equal(["Köln"], await file.TextsAsync("ort"));
    }

    [Fact]
    public async Task DeclaredTypes_WinOverWhatTheCellsLookLike()
    {
        using var file = new CsvFile("id,x\n1,2\n") { Schema = [new("id", ColumnType.Text)] };

        Assert.Equal([new("id", ColumnType.Text), new("x", ColumnType.Number)], await file.SchemaAsync());
        Assert.Equal("Column 'id' of 'patients' is declared to hold text, not numbers.", await file.FaultAsync("id"));
    }

    [Fact]
    public async Task MoreRowsThanABatch_AreAllRead()
    {
        using var file = new CsvFile("a,b\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i},{i % 7}\n")));

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => (double?)i), await file.NumbersAsync("a"));
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $"{i % 7}"), await file.TextsAsync("b"));
    }

    [Fact]
    public void AnyText_WrittenWithQuotes_IsReadBack() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Arb.From(Gen.Elements("a", "é", "\"", ",", "\n", "\r\n", "𝄞", "x y", "=1+1", "'")
                .ArrayOf().Select(string.Concat).ArrayOf()),
            cells =>
            {
                using var file = new CsvFile(
                    "t,n\n" + string.Concat(cells.Select(c => $"\"{c.Replace("\"", "\"\"")}\",1\n")));

                var read = file.TextsAsync("t").GetAwaiter().GetResult();

                Assert.Equal(cells.Select(c => c.Length == 0 ? null : c), read);
            }));

    [Fact]
    public void AnyNumber_WrittenInFull_IsReadBackToTheBit() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat[]>(), numbers =>
        {
            using var file = new CsvFile("n,t\n" + string.Concat(numbers.Select(n => $"{n.Get:R},x\n")));

            Assert.Equal(numbers.Select(n => (double?)n.Get), file.NumbersAsync("n").GetAwaiter().GetResult());
        }));
}
