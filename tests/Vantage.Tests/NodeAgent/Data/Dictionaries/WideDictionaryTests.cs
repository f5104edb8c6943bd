using System.Text.Json;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.Protocol.Dictionaries;

namespace Vantage.Tests.NodeAgent.Data.Dictionaries;

/// <summary>A dictionary may have 5,000 variables: as many in one statement are more than DuckDB's memory holds.</summary>
public sealed class WideDictionaryTests : IDisposable
{
    private const int Variables = 5_000;
    private const int Rows = 40;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-map-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task EachOfAllVariables_IsLookedAtByItsOwnColumn()
    {
        var found = await Source().FindAsync(Path.Combine(folder.FullName, "out"), TestContext.Current.CancellationToken);

        Assert.Empty(found.Problems);
        Assert.Equal((Rows, Variables), (found.Rows, found.Found.Count));
        for (var i = 0; i < Variables; i++)
        {
            // Every seventh lacks one row in four, every eleventh holds words where numbers are expected.
            Assert.Equal((i % 7 == 3 ? 30 : Rows, i % 11 == 4 && i % 7 != 3 ? "values of another type" : null),
                (found.Found[$"v{i}"].Present, i % 7 == 3 ? null : found.Found[$"v{i}"].Wrong));
        }
    }

    [Fact]
    public async Task ARunThatAsksForAll_GetsAllSideBySide()
    {
        var asked = Enumerable.Range(0, Variables).Where(i => i % 11 != 4).Select(i => $"v{i}").ToList();

        var taken = await Source().ExtractAsync(new(asked, null), Path.Combine(folder.FullName, "out"), TestContext.Current.CancellationToken);

        var snapshot = Assert.IsType<Extraction.Done>(taken).Snapshot;
        var lines = await File.ReadAllLinesAsync(snapshot.Path, TestContext.Current.CancellationToken);
        Assert.Equal((Rows, Rows + 1), (snapshot.Rows, lines.Length));
        Assert.Equal(asked, snapshot.Columns.Select(column => column.Name));
        Assert.Equal(asked, lines[0].Split(',').Select(name => name.Trim('"')));
        foreach (var row in (int[])[0, 1, Rows - 1])
        {
            Assert.Equal(asked.Select(name => Cell(row, int.Parse(name.AsSpan(1), null))), lines[row + 1].Split(',').Select(cell => cell.Trim('"').Replace(".0", "", StringComparison.Ordinal)));
        }

        Assert.Equal(["d.csv", "out"], folder.GetFileSystemInfos().Select(file => file.Name).Order());
    }

    /// <summary>As a run gets it.</summary>
    private static string Cell(int row, int column) => column % 7 == 3 && row % 4 == 0 ? "" : column % 5 == 0 ? $"t{row}" : $"{row + column}";

    private MappedSource Source()
    {
        var path = Path.Combine(folder.FullName, "d.csv");
        File.WriteAllLines(path, Enumerable.Range(0, Rows).Select(row => string.Join(',', Enumerable.Range(0, Variables).Select(i =>
            i % 11 == 4 && Cell(row, i).Length > 0 ? $"word{row}" : Cell(row, i)))).Prepend(string.Join(',', Enumerable.Range(0, Variables).Select(i => $"v{i}"))));
        var fields = Enumerable.Range(0, Variables).Select(i => new { name = $"v{i}", type = i % 5 == 0 && i % 11 != 4 ? "string" : "number" });
        var dictionary = DataDictionary.Read(JsonSerializer.SerializeToUtf8Bytes(new { name = "wide", version = "1", fields }));
        return new MappedSource(new CsvSourceSettings { Id = "d", Path = path }.Open(), new SourceMapping(dictionary, []));
    }
}
