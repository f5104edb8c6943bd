using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables.Csv;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.NodeAgent.Data;

/// <summary>An algorithm complains of a line of its snapshot; people are told the line of their file.</summary>
public sealed class LineMapTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-lines-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("a,x\n1,1\n2,inf\n", 3)]
    [InlineData("a,x\n1,1\n\n\n2,inf\n", 5)]
    [InlineData("a,x\r\n1,1\r\n\r\n2,inf\r\n", 4)]
    [InlineData("a,x\n\"one\ntwo\nthree\",1\n2,inf\n", 5)]
    [InlineData("sep=,\na,x\n1,inf\n", 3)]
    [InlineData("\uFEFFa,x\n1,1\n1,inf\n", 3)]
    [InlineData("x,a\ninf,\"one\ntwo\"\n", 2)]
    [InlineData("x,a\n1,\"one\r\ntwo\"\r\ninf,b\r\n", 4)]
    public async Task TheLineThatIsTold_IsTheFilesOwn(string text, long line)
    {
        Assert.Equal($"'table' (south.csv), line {line}, column 'x'", await ComplaintAsync(text, ["x"], header: true));
        Assert.Equal($"'table' (south.csv), line {line}, column 'x'", await ComplaintAsync(text, ["x", "a"], header: true));
    }

    [Fact]
    public async Task WithoutAHeader_LinesBeginWithTheFirstRow() =>
        Assert.Equal("'table' (south.csv), line 2, column 'column1'", await ComplaintAsync("1,2\ninf,3\n", ["column1"], header: false));

    [Fact]
    public void OnlyTheLabelInQuestion_IsTranslated()
    {
        var lines = new LineMap("south.csv");
        lines.Add(2, 3);
        lines.Add(10, 14);

        Assert.Equal("'other', line 7 and 'table' (south.csv), line 1; 'table' (south.csv), line 10; 'table' (south.csv), line 16; 'table' (south.csv)",
            lines.Translate("'other', line 7 and 'table', line 1; 'table', line 9; 'table', line 12; 'table'", "table"));
        Assert.Equal("'table' (south.csv), line 3", lines.Translate(lines.Translate("'table', line 2", "table"), "table"));
    }

    private async Task<string> ComplaintAsync(string text, string[] columns, bool header)
    {
        var stop = TestContext.Current.CancellationToken;
        var settings = new CsvSourceSettings { Id = "data", Path = Path.Combine(folder.FullName, "south.csv"), Header = header };
        await File.WriteAllTextAsync(settings.Path, text, stop);
        var snapshot = Assert.IsType<Extraction.Done>(await new CsvSource(settings).ExtractAsync(
            new(columns, null), Path.Combine(folder.FullName, $"snapshot-{string.Join('-', columns)}"), stop)).Snapshot;
        var table = new CsvTable("table", snapshot.Path, snapshot.Options, snapshot.Columns);
        var fault = await Assert.ThrowsAsync<DataInvalidException>(async () =>
        {
            await foreach (var _ in table.ReadAsync([new ColumnSchema(columns[0], ColumnType.Number)], stop))
            {
            }
        });
        return snapshot.Lines.Translate(fault.Message, "table").Split(": ")[0];
    }
}
