using System.Text;
using CsvHelper;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data;

public sealed class CsvSourceTests : FileSourceConformance
{
    private readonly CsvSourceSettings settings;

    public CsvSourceTests() => settings = new() { Id = "patients", Path = Path.Combine(Folder, "patients.csv") };

    internal override IDataSource Table(int rows)
    {
        using (var writer = CsvWriter.ToFile(settings.Path))
        {
            writer.WriteRecord(["id", "name", "value"]);
            foreach (var row in Enumerable.Range(1, rows).Select(Row))
            {
                writer.WriteRecord(row);
            }
        }

        return new CsvSource(settings);
    }

    internal override IDataSource Absent() => new CsvSource(settings with { Path = Path.Combine(Folder, "none.csv") });

    internal override IDataSource Wide(int columns) => Source($"{string.Join(',', Enumerable.Range(0, columns).Select(i => $"c{i}"))}\n{string.Join(',', Enumerable.Range(0, columns))}\n");

    internal override (IDataSource Source, string Place)? WithNul() => (Source("id,name\n1,a\n2,SE\0CRET\n"), "(patients.csv), line 3, column 'name'");

    internal override (IDataSource Source, string Place)? InTwoEncodings()
    {
        File.WriteAllBytes(settings.Path, [.. "id,name\n1,Zoë\n2,SE"u8, 0xEB, .. "CRET\n"u8]);
        return (new CsvSource(settings), "(patients.csv), line 3, column 'name'");
    }

    internal override IDataSource Broken() => Source("a,b\n1,2\n3\n");

    public static TheoryData<string, string, string> WaysToWriteATable => new()
    {
        { "byte order mark", "\uFEFFa,b\n1,x\n", "utf-8" },
        { "carriage returns", "a,b\r\n1,x\r\n", "utf-8" },
        { "no last line end", "a,b\n1,x", "utf-8" },
        { "empty lines", "a,b\n\n1,x\n\n", "utf-8" },
        { "blanks around", " a , b \n 1 ,\tx\n", "utf-8" },
        { "quotes", "\"a\",\"b\"\n\"1\",\"x\"\n", "utf-8" },
        { "utf-16", "a,b\n1,x\n", "utf-16" },
        { "utf-16BE", "a,b\n1,x\n", "utf-16BE" },
        { "latin 1", "a,b\n1,x\n", "iso-8859-1" },
    };

    [Theory]
    [MemberData(nameof(WaysToWriteATable))]
    public async Task HoweverATableIsWritten_ItIsTheSame(string name, string text, string encoding)
    {
        var declared = SourceEncoding.Find(encoding)!;
        var source = Source((declared.Transcoding ?? new UTF8Encoding(false)).GetBytes(text), s => s with { Encoding = declared });

        var (columns, rows) = ReadBack(await ExtractAsync(source, ColumnChoice.All));

        Assert.Equal(["a", "b"], columns);
        Assert.True(rows is [["1", "x"]], name);
    }

    [Fact]
    public async Task DeclaredEncodings_KeepTheirLetters()
    {
        var source = Source([.. "name\nZo"u8, 0xEB, .. " "u8, 0x80, .. "\n"u8], s => s with { Encoding = SourceEncoding.Find("windows-1252")! });

        Assert.Equal("Zoë €", Assert.Single(Assert.Single(ReadBack(await ExtractAsync(source, ColumnChoice.All)).Rows)));
    }

    [Fact]
    public async Task ADecimalComma_IsTakenForOneWhereItIsDeclared()
    {
        var text = "age;note\n1,5;NA\n-2e3;-\n;x\n";
        CsvSourceSettings German(CsvSourceSettings s) => s with { Delimiter = ';', Decimal = ',', Missing = ["NA", "-"] };

        var declared = await ExtractAsync(Source(text, German), ColumnChoice.All);
        File.Delete(declared.Path);
        var undeclared = await RefusalAsync(Source(text, s => s with { Delimiter = ';' }), ColumnChoice.All);
        var asText = await ExtractAsync(
            Source(text, s => s with { Delimiter = ';', Types = new Dictionary<string, ColumnType> { ["age"] = ColumnType.Text } }), ColumnChoice.All);

        Assert.Equal([ColumnType.Number, ColumnType.Text], declared.Columns.Select(c => c.Type));
        Assert.Equal(",", declared.Options!.Decimal);
        Assert.Equal(["NA", "-"], declared.Options.Missing);
        Assert.Contains("line 2, column 'age': a number only if its decimal separator is ','", undeclared.Message, StringComparison.Ordinal);
        Assert.Equal([ColumnType.Text, ColumnType.Text], asText.Columns.Select(c => c.Type));
    }

    [Fact]
    public async Task QuotedDecimalCommasBetweenCommas_AreNumbers()
    {
        var source = Source("a,b\n\"1,5\",x\n", s => s with { Decimal = ',' });

        var snapshot = await ExtractAsync(source, ColumnChoice.All);

        Assert.Equal(ColumnType.Number, snapshot.Columns[0].Type);
        Assert.Equal([["1,5", "x"]], ReadBack(snapshot).Rows);
    }

    [Fact]
    public async Task ADeclaredType_Stands()
    {
        var source = Source("zip,n\n1000,1\n", s => s with { Types = Types(("zip", ColumnType.Text)) });

        Assert.Equal([ColumnType.Text, ColumnType.Number], (await ExtractAsync(source, ColumnChoice.All)).Columns.Select(c => c.Type));
    }

    [Fact]
    public async Task WithoutAHeader_ColumnsAreCalledByTheirPlace()
    {
        var source = Source("1,x\n2,y\n", s => s with { Header = false });

        var snapshot = await ExtractAsync(source, new(["column2"], null));

        Assert.Equal(["column2"], ReadBack(snapshot).Columns);
        Assert.Equal(2, snapshot.Rows);
    }

    [Fact]
    public async Task AColumnWithoutAName_IsCalledByItsPlace() =>
        Assert.Equal(["column1", "b"], ReadBack(await ExtractAsync(Source("\"\",b\n1,2\n"), ColumnChoice.All)).Columns);

    [Fact]
    public async Task AMissingValueAlone_StaysARow()
    {
        var snapshot = await ExtractAsync(Source("a\n1\n\"\"\n\n3\n"), ColumnChoice.All);

        Assert.Equal(4, snapshot.Rows);
        Assert.Equal(["1", "", "", "3"], ReadBack(snapshot).Rows.Select(r => r[0]));
    }

    [Fact]
    public async Task CellsThatLookLikeFormulas_AreCopiedAsTheyStand() =>
        Assert.Equal([["=1+1", "@x", "-2"]], ReadBack(await ExtractAsync(Source("a,b,c\n=1+1,@x,-2\n"), ColumnChoice.All)).Rows);

    [Fact]
    public async Task TheDigest_IsOfTheFilesBytes()
    {
        var snapshot = await ExtractAsync(Source("\uFEFFa\n1\n"), ColumnChoice.All);

        Assert.Equal(Digest.Of(await File.ReadAllBytesAsync(settings.Path, Cancellation)), snapshot.Content);
    }

    [Fact]
    public async Task AFolder_IsUnavailable() =>
        Assert.Equal(RunCodes.DataUnavailable, (await RefusalAsync(new CsvSource(settings with { Path = Folder }), ColumnChoice.All)).Code);

    [Fact]
    public async Task AllowedColumnsThatTheFileLacks_AreUnavailable() =>
        Assert.Equal(RunCodes.DataUnavailable, (await RefusalAsync(Source("a\n1\n"), new(null, new HashSet<string> { "b" }))).Code);

    [Fact]
    public async Task AskingForNoColumn_IsAFaultOfTheArguments() =>
        Assert.Equal(RunCodes.ArgumentsInvalid, (await RefusalAsync(Source("a\n1\n"), new([], null))).Code);

    private static Dictionary<string, ColumnType> Types(params (string Column, ColumnType Type)[] types) =>
        types.ToDictionary(t => t.Column, t => t.Type);

    private CsvSource Source(string text, Func<CsvSourceSettings, CsvSourceSettings>? with = null) =>
        Source(Encoding.UTF8.GetBytes(text), with);

    private CsvSource Source(byte[] content, Func<CsvSourceSettings, CsvSourceSettings>? with = null)
    {
        File.WriteAllBytes(settings.Path, content);
        return new CsvSource(with is null ? settings : with(settings));
    }
}
