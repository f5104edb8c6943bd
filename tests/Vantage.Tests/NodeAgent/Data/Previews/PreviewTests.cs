using System.Globalization;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Previews;

namespace Vantage.Tests.NodeAgent.Data.Previews;

/// <summary>A preview looks like the data column by column, and holds nothing of any row.</summary>
public sealed class PreviewTests : IDisposable
{
    private const int Rows = 1000;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-preview-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task NoRareLevel_NoExtreme_NoText_AndNoTieBetweenColumns_IsInIt()
    {
        // Ages to 99 with one of 117; nine rows of a rare level; names that are all different; y is twice x.
        Write(i => $"{(i == 0 ? 117 : 20 + (i % 80))},{(i < 9 ? "rare" : i % 4 == 0 ? "a" : "b")},name{i},{i * 1.37:R},{i * 2.74:R},{new DateOnly(2020, 1, 1).AddDays(i):yyyy-MM-dd},{(i < 15 ? "7" : "")}");

        var cells = await DrawAsync(1);

        Assert.Equal(["synthetic_preview", "age", "sex", "name", "x", "y", "day", "few"], cells[0]);
        Assert.All(cells.Skip(1), row => Assert.Equal("1", row[0]));
        Assert.DoesNotContain("rare", Column(cells, 2));
        Assert.All(Column(cells, 3), name => Assert.StartsWith("text", name, StringComparison.Ordinal));
        Assert.InRange(Numbers(cells, 1).Max(), 80, 98);
        Assert.True(Numbers(cells, 4).Min() > 10 && Numbers(cells, 4).Max() < 1.37 * 990);
        Assert.All(Column(cells, 6), day => Assert.InRange(DateOnly.Parse(day, CultureInfo.InvariantCulture), new DateOnly(2020, 1, 15), new DateOnly(2022, 9, 10)));
        Assert.All(Column(cells, 7), few => Assert.Equal("", few));
        // Of 1000 numbers with six digits each, none is one of the source's but by the grid's own roundness.
        Assert.True(Math.Abs(Correlation(Numbers(cells, 4), Numbers(cells, 5))) < 0.15);
    }

    [Fact]
    public async Task Marginals_RoughlyAgree()
    {
        Write(i => $"{20 + (i % 80)},{(i % 4 == 0 ? "a" : "b")},n{i},{(i % 5 == 0 ? "" : $"{i * 1.37:R}")},1,2020-01-01,");

        var cells = await DrawAsync(2);

        Assert.InRange(Numbers(cells, 1).Average(), 55, 64);
        Assert.InRange(Column(cells, 2).Count(level => level == "a"), 200, 300);
        Assert.InRange(Column(cells, 4).Count(x => x.Length == 0), 150, 250);
        Assert.InRange(Numbers(cells, 4).Average(), 620, 750);
    }

    [Fact]
    public async Task TheSeed_DecidesAllOfIt()
    {
        Write(i => $"{i},a,n,{i},{i},2020-01-01,1");

        Assert.Equal(await TextAsync(7), await TextAsync(7));
        Assert.NotEqual(await TextAsync(7), await TextAsync(8));
        Assert.Equal(["p.csv"], folder.GetFiles().Select(file => file.Name));
    }

    [Fact]
    public async Task AFewRows_AreTooFew()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "p.csv"), "age\n" + string.Concat(Enumerable.Range(0, 19).Select(i => $"{i}\n")));

        Assert.Contains("too few rows", (await Assert.ThrowsAsync<SourceException>(() => TextAsync(1))).Message, StringComparison.Ordinal);
    }

    /// <summary>As many in one statement are more than DuckDB's memory holds.</summary>
    [Fact]
    public async Task FiveThousandColumns_AreEachDrawnByThemselves()
    {
        const int columns = 5_000;
        File.WriteAllLines(Path.Combine(folder.FullName, "p.csv"), [string.Join(',', Enumerable.Range(0, columns).Select(i => $"c{i}")),
            .. Enumerable.Range(0, 60).Select(row => string.Join(',', Enumerable.Range(0, columns).Select(i => i % 2 == 0 ? $"{(i * 1000) + row}" : row % 2 == 0 ? $"a{i}" : $"b{i}")))]);

        var cells = await DrawAsync(1, rows: 10);

        Assert.Equal(Enumerable.Range(0, columns).Select(i => $"c{i}").Prepend("synthetic_preview"), cells[0]);
        foreach (var i in Enumerable.Range(0, columns))
        {
            Assert.Equal((10, true), (Column(cells, i + 1).Count, Column(cells, i + 1).TrueForAll(cell => i % 2 == 0
                ? double.Parse(cell, CultureInfo.InvariantCulture) - (i * 1000) is > 0 and < 60 : cell == $"a{i}" || cell == $"b{i}")));
        }

        Assert.Equal(["p.csv"], folder.GetFileSystemInfos().Select(file => file.Name));
    }

    private void Write(Func<int, string> row) => File.WriteAllText(Path.Combine(folder.FullName, "p.csv"),
        "age,sex,name,x,y,day,few\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => FormattableString.Invariant($"{row(i)}\n"))));

    private async Task<string> TextAsync(ulong seed, int rows = Rows) => (await Preview.DrawAsync(new CsvSourceSettings { Id = "p", Path = Path.Combine(folder.FullName, "p.csv") }.Open(),
        ColumnChoice.All, rows, seed, 10, Path.Combine(folder.FullName, "scratch"), TestContext.Current.CancellationToken)).Csv;

    private async Task<List<string[]>> DrawAsync(ulong seed, int rows = Rows) => [.. (await TextAsync(seed, rows)).TrimEnd('\n').Split('\n').Select(line => line.Split(','))];

    private static List<string> Column(List<string[]> cells, int column) => [.. cells.Skip(1).Select(row => row[column])];

    private static List<double> Numbers(List<string[]> cells, int column) =>
        [.. Column(cells, column).Where(cell => cell.Length > 0).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];

    private static double Correlation(List<double> x, List<double> y)
    {
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }
}
