using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Json;
using Vantage.NodeAgent.Data.Selecting;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data;

/// <summary>A source that offers some rows of a file is a source like any other.</summary>
public sealed class SelectedSourceTests : DataSourceConformance
{
    private readonly CsvSourceSettings file;

    public SelectedSourceTests() => file = new() { Id = "patients", Path = Path.Combine(Folder, "patients.csv") };

    internal override IDataSource Table(int rows)
    {
        // Every other row is one that is not offered.
        File.WriteAllLines(file.Path, ["id,name,value", .. Enumerable.Range(1, rows).SelectMany(i => (string[])[Line(Row(i)), $"-{i},hidden,7"])]);
        return Of("id >= 1");
    }

    internal override IDataSource Absent() => new SelectedSettings { Id = "none", Inner = file with { Path = Path.Combine(Folder, "none.csv") }, Where = "id > 0" }.Open();

    internal override IDataSource Wide(int columns)
    {
        File.WriteAllLines(file.Path, [string.Join(',', Enumerable.Range(0, columns).Select(i => $"c{i}")), string.Join(',', Enumerable.Range(0, columns))]);
        return Of("c0 == 0");
    }

    internal override (IDataSource Source, string Place)? WithNul()
    {
        File.WriteAllText(file.Path, "id,name\n1,a\n2,SE\0CRET\n");
        return (Of("id > 0"), "line 3, column 'name'");
    }

    internal override (IDataSource Source, string Place)? InTwoEncodings()
    {
        File.WriteAllBytes(file.Path, [.. "id,name\n1,Zoë\n2,SE"u8, 0xEB, .. "CRET\n"u8]);
        return (Of("id > 0"), "line 3, column 'name'");
    }

    internal override IDataSource Broken()
    {
        File.WriteAllText(file.Path, "id,name\n1,\"never closed\n2,b\n");
        return Of("id > 0");
    }

    [Fact]
    public async Task BlanksAroundAName_BelongToIt()
    {
        var lines = Path.Combine(Folder, "p.jsonl");
        await File.WriteAllTextAsync(lines, "{\"id \": 1, \" name\": \"a\"}\n{\"id \": 2, \" name\": \" b\"}\n", Cancellation);
        var source = new SelectedSettings { Id = "p", Inner = new JsonLinesSettings { Id = "p", Path = lines }, Where = "`id ` > 1" }.Open();

        var snapshot = await ExtractAsync(source, new(["id ", " name"], null));

        Assert.Equal(["id ", " name"], snapshot.Columns.Select(c => c.Name));
        Assert.Equal("\"id \",\" name\"\n2,\" b\"\n", await File.ReadAllTextAsync(snapshot.Path, Cancellation));
    }

    /// <summary>What is written as nothing at all, in a table of one column, is a row too.</summary>
    [Fact]
    public async Task RowsStayWhatTheyWere_WhereCellsAreMissingOrHoldLineBreaks()
    {
        var lines = Path.Combine(Folder, "p.jsonl");
        await File.WriteAllTextAsync(lines, "{\"a\": \"x\"}\n{\"a\": null}\n{\"a\": \"1\\n2\"}\n{\"a\": null}\n{\"a\": \"\\\"\\n,\"}\n{\"a\": \"y\"}\n", Cancellation);
        IDataSource Where(string where) => new SelectedSettings { Id = "p", Inner = new JsonLinesSettings { Id = "p", Path = lines }, Where = where }.Open();

        Assert.Equal(["1\n2", "", "\"\n,", "y"], (await RowsAsync(Where("is.na(a) | a != \"x\""))).Skip(1));
        Assert.Equal(["y"], await RowsAsync(Where("a == \"y\"")));
        Assert.Equal(["", ""], await RowsAsync(Where("is.na(a)")));
    }

    private async Task<IEnumerable<string>> RowsAsync(IDataSource source)
    {
        var snapshot = await ExtractAsync(source, ColumnChoice.All);
        var rows = ReadBack(snapshot).Rows.Select(row => row[0]).ToList();
        File.Delete(snapshot.Path);
        Assert.Equal(rows.Count, snapshot.Rows);
        return rows;
    }

    /// <summary>A word for "missing" stays one, and a decimal comma what it is.</summary>
    [Fact]
    public async Task CellsStayAsTheyAreWritten_AndWordsForMissingStayMissing()
    {
        File.WriteAllText(file.Path, "id;x\n1;1,50\n2;NA\n3;2,50\n");
        var source = new SelectedSettings { Id = "p", Inner = file with { Delimiter = ';', Decimal = ',' }, Where = "is.na(x) | x < 2" }.Open();

        var snapshot = await ExtractAsync(source, ColumnChoice.All);

        Assert.Equal("id,x\n1,\"1,50\"\n2,NA\n", await File.ReadAllTextAsync(snapshot.Path, Cancellation));
        Assert.Equal((",", "NA"), (snapshot.Options!.Decimal, Assert.Single(snapshot.Options.Missing!)));
        Assert.Equal([ColumnType.Number, ColumnType.Number], snapshot.Columns.Select(column => column.Type));
    }

    [Fact]
    public async Task TheCondition_MayBeAboutAColumnThatNobodyMaySee()
    {
        File.WriteAllText(file.Path, "id,consent,crp\n1,yes,0.10\n2,no,99\n3,,98\n4,yes,1e-3\n");

        var (columns, rows) = ReadBack(await ExtractAsync(Of("consent == \"yes\""), new(null, new HashSet<string> { "id", "crp" })));
        var refusal = await RefusalAsync(Of("consent == \"yes\""), new(["consent"], new HashSet<string> { "id", "crp" }));

        Assert.Equal(["id", "crp"], columns);
        Assert.Equal([["1", "0.10"], ["4", "1e-3"]], rows);
        Assert.Equal(RunCodes.ArgumentsInvalid, refusal.Code);
    }

    [Fact]
    public async Task OtherRows_AreOtherContent()
    {
        File.WriteAllText(file.Path, "id\n1\n2\n3\n");

        var few = (await ExtractAsync(Of("id > 1"), ColumnChoice.All)).Content;
        var more = (await ExtractAsync(Of("id > 0"), ColumnChoice.All)).Content;

        Assert.NotEqual(few, more);
    }

    [Theory]
    [InlineData("age > 1", "there is no column 'age' here")]
    [InlineData("id + 1", "'where' is a condition")]
    [InlineData("id == \"x\"", "where")]
    public async Task AConditionThatDoesNotFit_IsNamed(string where, string expected)
    {
        File.WriteAllText(file.Path, "id\n1\n");

        var refusal = await RefusalAsync(Of(where), ColumnChoice.All);

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains("Source 'patients': 'where' in node.yaml", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingIsLeftBesideTheSnapshot()
    {
        await ExtractAsync(Table(3), ColumnChoice.All);

        Assert.Equal(["patients.csv", "snapshot"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName).Order());
    }

    private static string Line(IEnumerable<string> cells) =>
        string.Join(",", cells.Select(cell => cell.AsSpan().IndexOfAny("\",\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell));

    private IDataSource Of(string where) => new SelectedSettings { Id = file.Id, Inner = file, Where = where }.Open();
}
