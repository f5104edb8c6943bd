using System.Text;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data;

/// <summary>Files as they should not be. Every one of them holds SECRET in a cell, which no message may repeat.</summary>
public sealed class BadCsvTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-badcsv-");
    private readonly CsvSourceSettings settings;

    public BadCsvTests() => settings = new() { Id = "patients", Path = Path.Combine(folder.FullName, "p.csv") };

    public void Dispose() => folder.Delete(recursive: true);

    public static TheoryData<string, string, string> BadFiles => new()
    {
        { "nothing", "", "the file is empty" },
        { "an empty first line", "\nSECRET\n", "the file is empty" },
        { "a short row", "a,b\nx,SECRET\nSECRET\n", "line 3: 1 cell where 2 cells are expected" },
        { "a long row", "a,b\nx,SECRET\n1,2,SECRET\n", "line 3: 3 cells where 2 cells are expected" },
        { "a quote never closed", "a,b\n1,\"SECRET\n2,3\n", "line 2: a quote that opens in this row is never closed" },
        { "text after a quote", "a,b\n1,\"SECRET\"x\n", "line 2: text after a closing quote" },
        { "a name twice", "a,b,a\nSECRET,2,3\n", "line 1: columns 1 and 3 are both called 'a'" },
        { "a NUL", "a,b\n1,SECRET\n2,SEC\0RET\n", "line 3, column 'b': a NUL character" },
        { "a NUL in the header", "a,b\0\n1,SECRET\n", "line 1: a NUL character" },
        { "an empty header cell twice", "\"\",\"\",column1\nSECRET,2,3\n", "line 1: columns 1 and 3 are both called 'column1'" },
        { "letters for numbers", "a,n\nx,SECRET\n", "line 2, column 'n': not a number" },
        { "another delimiter", "a;n\n1;SECRET\n2;1,5\n", "line 1: one column only by the delimiter ','; it looks like 2 columns" },
        { "a semicolon file", "a;b;c\n1;SECRET;1,5\n", "line 1: one column only by the delimiter ','; it looks like 3 columns with ';'" },
        { "a tab file", "a\tb\n1\tSECRET\n", "it looks like 2 columns with tab between them" },
        { "Excel's semicolons", "sep=;\na;b\n1;SECRET\n", "line 1: the file says ('sep=') that ';' stands between cells" },
        { "decimal commas", "a,b\n\"1\",SECRET\n\"2,5\",x\n", "line 3, column 'a': a number only if its decimal separator is ','" },
        { "a name twice after sep=", "sep=,\na,a\n1,SECRET\n", "line 2: columns 1 and 2 are both called 'a'" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task ABadFile_IsRefusedBySourceFileAndPlace(string name, string text, string expected)
    {
        await File.WriteAllTextAsync(settings.Path, text, new UTF8Encoding(false), Cancellation);
        var types = name is "letters for numbers" or "another delimiter"
            ? new Dictionary<string, ColumnType> { ["n"] = ColumnType.Number }
            : [];

        var refusal = await RefusalAsync(settings with { Types = types });

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains("source 'patients' (p.csv)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SEC", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.FullName, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", new byte[] { 0x5A, 0xEB })]
    [InlineData("utf-8", new byte[] { 0xC0, 0x80 })]
    [InlineData("utf-8", new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData("utf-16", new byte[] { 0x00, 0xD8 })]
    public async Task BytesThatAreNotText_AreRefusedAtTheirPlace(string encoding, byte[] bytes)
    {
        var declared = SourceEncoding.Find(encoding)!;
        var letters = declared.Transcoding ?? new UTF8Encoding(false);
        await File.WriteAllBytesAsync(
            settings.Path, [.. letters.GetBytes("a,b\n1,2\n3,"), .. bytes, .. letters.GetBytes("\n")], Cancellation);

        var refusal = await RefusalAsync(settings with { Encoding = declared });

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains($"line 3, column 'b': bytes that are not {encoding}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherDelimiter_IsSaid_BeforeAColumnIsMissed()
    {
        await File.WriteAllTextAsync(settings.Path, "a;b\n1,5;SECRET\n", Cancellation);

        var refusal = Assert.IsType<Extraction.Failed>(await new CsvSource(settings).ExtractAsync(
            new(["b"], null), Path.Combine(folder.FullName, "snapshot"), Cancellation));

        Assert.Contains("(p.csv), line 1: one column only by the delimiter ','; it looks like 2 columns with ';'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoEncodingsInOneFile_AreRefusedWhereTheSecondBegins()
    {
        await File.WriteAllBytesAsync(settings.Path, [.. "a\nZoë\n"u8, .. Encoding.Latin1.GetBytes("Zoë\n")], Cancellation);

        Assert.Contains("line 3, column 'a'", (await RefusalAsync(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMillionColumns_AreRefused()
    {
        await File.WriteAllTextAsync(
            settings.Path, string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"c{i}")) + "\n", Cancellation);

        Assert.Contains("1000000 columns, more than the 100000 allowed", (await RefusalAsync(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CapsAreSettings()
    {
        await File.WriteAllTextAsync(settings.Path, "a,b,c\n1,2,3\n", Cancellation);

        Assert.Contains("3 columns, more than the 2 allowed", (await RefusalAsync(settings with { MaxColumns = 2 })).Message,
            StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<Extraction.Failed> RefusalAsync(CsvSourceSettings declared) => Assert.IsType<Extraction.Failed>(
        await new CsvSource(declared).ExtractAsync(ColumnChoice.All, Path.Combine(folder.FullName, "snapshot"), Cancellation));
}
