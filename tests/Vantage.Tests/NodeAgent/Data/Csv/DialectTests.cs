using System.Text;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Csv.Dates;
using Vantage.NodeAgent.Data.Csv.Dialect;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.NodeAgent.Data.Csv;

/// <summary>How a file is written is found when it is declared; what can be two things is asked for.</summary>
public sealed class DialectTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-dialect-");
    private readonly CsvSourceSettings settings;

    public DialectTests() => settings = new() { Id = "visits", Path = Path.Combine(folder.FullName, "v.csv") };

    public void Dispose() => folder.Delete(recursive: true);

    public static TheoryData<string, string, string> Dialects => new()
    {
        { "a,b\n1,2.5\n", "utf-8", "" },
        { "a,b\n\"x, y\",2.5\n", "utf-8", "" },
        { "a;b\n1;2,5\n3;4,25\n", "utf-8", "delimiter: ';' decimal: ','" },
        { "sep=;\na;b\n1;2,5\n", "utf-8", "delimiter: ';' decimal: ','" },
        { "a;b\n1;1.234,5\n", "utf-8", "delimiter: ';'" },
        { "a\tb\nZoë\tx\n", "utf-8", "delimiter: 'tab'" },
        { "a|b\n1|\"x|y\"\n", "utf-8", "delimiter: '|'" },
        { "a;b\nZoë;x\n", "windows-1252", "encoding: 'windows-1252' delimiter: ';'" },
        { "a,b\nZoë,x\n", "utf-16", "encoding: 'utf-16'" },
        { "a,b\nZoë,x\n", "utf-16BE", "encoding: 'utf-16BE'" },
        { "only\n1\n2\n", "utf-8", "" },
        { "born,x\n24.12.1960,1\n01.02.1990,2\n", "utf-8", "'born'='dd.mm.yyyy'" },
        { "born,x\n12/24/1960,1\nNA,2\n", "utf-8", "'born'='mm/dd/yyyy'" },
        { "born,x\n1960-12-24,1\n", "utf-8", "" },
        { "born,x\n1960/02/04,1\n", "utf-8", "'born'='yyyy/mm/dd'" },
        { "born,x\n24.12.1960,1\n24.12.60,2\n", "utf-8", "" },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task ADialect_IsFound_AndThenReads(string text, string encoding, string expected)
    {
        var declared = SourceEncoding.Find(encoding)!;
        await File.WriteAllBytesAsync(settings.Path, (declared.Transcoding ?? new UTF8Encoding(false)).GetBytes(text), Cancellation);

        var found = DialectFinder.Find(settings, new HashSet<string>(), Cancellation);

        Assert.Equal(expected, string.Join(' ', found.Keys.Select(key => $"{key.Key}: {key.Value}").Concat(found.Dates.Select(date => $"{date.Column}={date.Form}"))));
    }

    public static TheoryData<string, string> Unclear => new()
    {
        { "seen,x\n01/02/2024,SECRET\n03/04/2024,y\n", "column 'seen': dates of which none tells whether the day or the month comes first. Say --date seen=dd/mm/yyyy or mm/dd/yyyy" },
        { "a;b\n1;1,234\n2;5,678\n", "whether ',' in column 'b' stands before a fraction or between thousands" },
        { "a;b\n1;1.234\n2;5.678\n", "whether '.' in column 'b' stands before a fraction or between thousands" },
        { "a;b,c\nSECRET;x,y\n", "by ',' there are 2 columns, by ';' 2, and both fit" },
    };

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task WhatCanBeTwoThings_IsAskedFor(string text, string expected)
    {
        await File.WriteAllTextAsync(settings.Path, text, Cancellation);

        var refusal = Assert.Throws<SourceException>(() => DialectFinder.Find(settings, new HashSet<string>(), Cancellation));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasSaid_Stands()
    {
        await File.WriteAllTextAsync(settings.Path, "seen;x\n01/02/2024;1,234\n", Cancellation);
        var said = settings with { Delimiter = ';', Decimal = ',', Dates = new Dictionary<string, DateForm> { ["seen"] = DateForm.Find("dd/mm/yyyy")! } };

        var found = DialectFinder.Find(said, new HashSet<string> { "delimiter", "decimal" }, Cancellation);

        Assert.Empty(found.Keys);
        Assert.Empty(found.Dates);
    }

    [Fact]
    public async Task TwoEncodingsInOneFile_AreNamedByTheLine()
    {
        await File.WriteAllBytesAsync(settings.Path, [.. "a\nZoë\n"u8, .. Encoding.Latin1.GetBytes("Zoë\n")], Cancellation);

        Assert.Contains("line 3: a letter that is not UTF-8", Assert.Throws<SourceException>(
            () => DialectFinder.Find(settings, new HashSet<string>(), Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeclaredDates_BecomeIso_AndWhatIsNoneIsRefusedByItsPlace()
    {
        await File.WriteAllTextAsync(settings.Path, "born,x\n1.2.1990,1\nNA,2\n,3\n24.12.1960,4\n", Cancellation);
        var dated = settings with { Dates = new Dictionary<string, DateForm> { ["born"] = DateForm.Find("dd.mm.yyyy")! } };

        var done = Assert.IsType<Extraction.Done>(await ExtractAsync(dated)).Snapshot;
        Assert.Equal("born,x\n1990-02-01,1\nNA,2\n,3\n1960-12-24,4\n", await File.ReadAllTextAsync(done.Path, Cancellation));
        Assert.Equal(ColumnType.Text, done.Columns[0].Type);
        File.Delete(done.Path);
        await File.AppendAllTextAsync(settings.Path, "30.02.1990,5\n", Cancellation);

        Assert.Contains("(v.csv), line 6, column 'born': no date written as dd.mm.yyyy", Assert.IsType<Extraction.Failed>(await ExtractAsync(dated)).Message, StringComparison.Ordinal);
        Assert.Contains("'dates' declares a column 'bron'", Assert.IsType<Extraction.Failed>(await ExtractAsync(
            settings with { Dates = new Dictionary<string, DateForm> { ["bron"] = DateForm.Find("dd.mm.yyyy")! } })).Message, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<Extraction> ExtractAsync(CsvSourceSettings source) => new CsvSource(source).ExtractAsync(ColumnChoice.All, Path.Combine(folder.FullName, "snapshot"), Cancellation);
}
