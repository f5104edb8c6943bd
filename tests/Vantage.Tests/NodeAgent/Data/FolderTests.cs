using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Tests.NodeAgent.Data.DuckDb;

namespace Vantage.Tests.NodeAgent.Data;

/// <summary>Several files that are one table.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-folder-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task FilesOfOneHeader_AreOneTable_InTheOrderOfTheirNames()
    {
        Write("b.csv", "x,y\n3,c\n");
        Write("a.csv", "x,y\n1,a\n2,\"b\nb\"\n");
        Write(".hidden.csv", "no\n");

        var snapshot = await DoneAsync(Csv());

        Assert.Equal("x,y\n1,a\n2,\"b\nb\"\n3,c\n", await File.ReadAllTextAsync(snapshot.Path, Cancellation));
        Assert.Equal((3, "*.csv"), (snapshot.Rows, snapshot.Lines.File));
    }

    [Fact]
    public async Task TheDigest_IsOfEveryFileAndName()
    {
        Write("a.csv", "x\n1\n");
        Write("b.csv", "x\n2\n");
        var first = (await DoneAsync(Csv())).Content;
        File.Move(Path("b.csv"), Path("c.csv"));
        var renamed = (await DoneAsync(Csv())).Content;
        Write("c.csv", "x\n3\n");
        var changed = (await DoneAsync(Csv())).Content;

        Assert.Equal(3, new[] { first, renamed, changed }.Distinct().Count());
    }

    [Fact]
    public async Task AFault_IsToldByFileAndLine()
    {
        Write("a.csv", "x\n1\n2\n");
        Write("b.csv", "x\n3\nSECRET\n4\n5\n");
        Write("c.csv", "x\n3\n");

        var column = Assert.Single((await DoneAsync(Csv())).Columns);
        var refusal = await RefusalAsync(Csv(new Dictionary<string, ColumnType> { ["x"] = ColumnType.Number }));

        Assert.Equal(ColumnType.Text, column.Type);
        Assert.Equal("b.csv, line 3", column.Found!.Where);
        Assert.Contains("(b.csv), line 3, column 'x': not a number", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherColumns_AreRefusedByTheFilesName()
    {
        Write("a.csv", "x,y\n1,2\n");
        Write("b.csv", "y,x\n1,2\n");

        Assert.Contains("b.csv has other columns than a.csv", (await RefusalAsync(Csv())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderWithoutSuchFiles_IsUnavailable()
    {
        Assert.Equal(RunCodes.DataUnavailable, (await RefusalAsync(Csv())).Code);
        Assert.Equal(RunCodes.DataUnavailable, (await RefusalAsync(new CsvSource(
            new() { Id = "data", Path = System.IO.Path.Combine(folder.FullName, "nowhere", "*.csv") }))).Code);
    }

    [Fact]
    public async Task ParquetFiles_AreOneTableToo()
    {
        DuckFile.Write(Path("a.parquet"), "SELECT range AS x FROM range(3)", Cancellation);
        DuckFile.Write(Path("b.parquet"), "SELECT range + 10 AS x FROM range(2)", Cancellation);
        var source = new ParquetSource(new() { Id = "data", Path = Path("*.parquet") });

        var snapshot = await DoneAsync(source);

        Assert.Equal("x\n0\n1\n2\n10\n11\n", await File.ReadAllTextAsync(snapshot.Path, Cancellation));
        DuckFile.Write(Path("c.parquet"), "SELECT 1 AS y", Cancellation);
        Assert.Contains("not all the same columns", (await RefusalAsync(source)).Message, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(Path(name), text);

    private CsvSource Csv(IReadOnlyDictionary<string, ColumnType>? types = null) =>
        new(new() { Id = "data", Path = Path("*.csv"), Types = types ?? new Dictionary<string, ColumnType>() });

    private async Task<Snapshot> DoneAsync(IDataSource source)
    {
        File.Delete(Path("snapshot"));
        return Assert.IsType<Extraction.Done>(await source.ExtractAsync(ColumnChoice.All, Path("snapshot"), Cancellation)).Snapshot;
    }

    private async Task<Extraction.Failed> RefusalAsync(IDataSource source)
    {
        File.Delete(Path("snapshot"));
        return Assert.IsType<Extraction.Failed>(await source.ExtractAsync(ColumnChoice.All, Path("snapshot"), Cancellation));
    }
}
