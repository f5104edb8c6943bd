using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Fhir;

namespace Vantage.Tests.NodeAgent.Data;

/// <summary>A line that never ends is refused when it is too long, and not when it was read.</summary>
[Collection(nameof(Alone))]
public sealed class GigabyteLineTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-gigabyte-");

    private string SourcePath => Path.Combine(folder.FullName, "source");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public Task OfACsvFile() => IsRefusedAsync(
        new CsvSource(new() { Id = "patients", Path = SourcePath }), "a,b\n1,", "line 2: a row of more than 16 MiB begins here");

    [Fact]
    public Task OfAFhirExport() => IsRefusedAsync(
        new FhirSource(new() { Id = "patients", Path = SourcePath, Paths = new Dictionary<string, FhirPath> { ["id"] = FhirPath.Parse("id")! } }), "", "line 1: a line of more than 16 MiB");

    private async Task IsRefusedAsync(IDataSource source, string begin, string expected)
    {
        await File.WriteAllTextAsync(SourcePath, begin, TestContext.Current.CancellationToken);
        await using (var file = File.OpenWrite(SourcePath))
        {
            // Zeros without blocks on disk, which cost nothing to make.
            file.SetLength(1L << 30);
        }

        var before = GC.GetTotalAllocatedBytes();
        var refusal = Assert.IsType<Extraction.Failed>(
            await source.ExtractAsync(ColumnChoice.All, Path.Combine(folder.FullName, "snapshot"), TestContext.Current.CancellationToken));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 256L << 20);
    }
}
