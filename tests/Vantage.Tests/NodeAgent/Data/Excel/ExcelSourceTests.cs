using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Excel;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.NodeAgent.Data.Excel;

public sealed class ExcelSourceTests : FileSourceConformance
{
    private readonly ExcelSettings settings;

    public ExcelSourceTests() => settings = new() { Id = "patients", Path = Path.Combine(Folder, "patients.xlsx") };

    internal override IDataSource Table(int rows)
    {
        ExcelFile.Write(settings.Path, [["id", "name", "value"], .. Enumerable.Range(1, rows).Select(i =>
            (object?[])[i, Row(i)[1], i % 5 == 0 ? null : i + 0.5])]);
        return new ExcelSource(settings);
    }

    internal override IDataSource Absent() => new ExcelSource(settings with { Path = Path.Combine(Folder, "none.xlsx") });

    internal override IDataSource Wide(int columns)
    {
        ExcelFile.Write(settings.Path, Enumerable.Range(0, columns).Select(i => (object?)$"c{i}"), Enumerable.Range(0, columns).Select(i => (object?)i));
        return new ExcelSource(settings);
    }

    /// <summary>As Excel writes what XML can't hold.</summary>
    internal override (IDataSource Source, string Place)? WithNul()
    {
        ExcelFile.Write(settings.Path, ["id", "name"], [1, "a"], [2, "SE_x0000_CRET"]);
        return (new ExcelSource(settings), "(patients.xlsx), row 3, column 'name'");
    }

    internal override (IDataSource Source, string Place)? InTwoEncodings()
    {
        ExcelFile.Write(settings.Path, System.Text.Encoding.Latin1, ["id", "name"], [1, "Zoe"], [2, "SEëCRET"]);
        return (new ExcelSource(settings), "(patients.xlsx), row");
    }

    internal override IDataSource Broken()
    {
        Table(100);
        using var file = File.OpenWrite(settings.Path);
        file.SetLength(file.Length / 2);
        return new ExcelSource(settings);
    }

    /// <summary>Written by openpyxl 3.0.9: shared texts, dates by their formats, an empty row, two sheets.</summary>
    [Fact]
    public async Task AForeignWorkbook_IsReadAsItsCellsAre()
    {
        var path = Checkout.PathOf("tests/Vantage.Tests/NodeAgent/Data/Excel/written-by-openpyxl.xlsx");

        var snapshot = await ExtractAsync(new ExcelSource(settings with { Path = path, Sheet = "Visits" }), ColumnChoice.All);

        var (columns, rows) = ReadBack(snapshot);
        Assert.Equal(["id", "name", "born", "seen", "weight", "smoker", "note"], columns);
        Assert.Equal(
        [
            ["1", "O'Hara, \"Zoë\"", "1960-02-29", "2024-03-01T12:30:15", "70.5", "1", ""],
            ["2", "line\nbreak", "1900-02-28", "2024-03-01", "0.1", "0", "<&>"],
            ["3", "日本", "1999-12-31", "", "1e-07", "", "x"],
            ["4", "gap", "", "", "NA", "", ""],
        ], rows);
        Assert.Equal([ColumnType.Number, ColumnType.Text, ColumnType.Text, ColumnType.Text, ColumnType.Number, ColumnType.Number, ColumnType.Text],
            snapshot.Columns.Select(c => c.Type));
    }

    [Fact]
    public async Task OneOfSeveralSheets_HasToBeNamed()
    {
        var path = Checkout.PathOf("tests/Vantage.Tests/NodeAgent/Data/Excel/written-by-openpyxl.xlsx");

        Assert.Contains("has 2 sheets", (await RefusalAsync(new ExcelSource(settings with { Path = path }), ColumnChoice.All)).Message, StringComparison.Ordinal);
        Assert.Contains("no sheet 'Nope'", (await RefusalAsync(new ExcelSource(settings with { Path = path, Sheet = "Nope" }), ColumnChoice.All)).Message,
            StringComparison.Ordinal);
        Assert.Contains("row 2, column 'a': a formula whose value was not saved", (await RefusalAsync(
            new ExcelSource(settings with { Path = path, Sheet = "Other" }), ColumnChoice.All)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadSheets => new()
    {
        { "", "the sheet is empty" },
        { "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>a</v></c><c r=\"B3\" t=\"str\"><v>a</v></c></row>", "row 3: two columns are called 'a'" },
        { "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row><row r=\"7\"><c r=\"AB7\" t=\"str\"><v>SECRET</v></c></row>", "row 7: cell AB7 stands in a column without a name" },
        { "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>n</v></c></row><row r=\"9\"><c r=\"A9\" t=\"str\"><v>SECRET</v></c></row>", "row 9, column 'n': not a number" },
        { "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>", "no Excel workbook" },
        { "<row r=\"1\"><c></row>", "row 1: here, or a few rows below, there is no XML that can be read" },
        { "<!DOCTYPE x [<!ENTITY e \"SECRET\">]><row r=\"1\"/>", "there is no XML that can be read" },
        { "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>SE&#0;CRET</v></c></row>", "row 1: here, or a few rows below, there is no XML that can be read" },
        { "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>_xD800_SECRET</v></c></row>", "row 2, column 'a': half a character of Unicode" },
        { "<row r=\"1\"><c r=\"XFE1\" t=\"str\"><v>SECRET</v></c></row>", "row 1: a cell beyond column 16384" },
        { "<row r=\"1\"><c r=\"ZZZZZZZZZ1\" t=\"str\"><v>SECRET</v></c></row>", "row 1: a cell beyond column 16384" },
    };

    [Theory]
    [MemberData(nameof(BadSheets))]
    public async Task ABadSheet_IsRefusedByItsPlace(string rows, string expected)
    {
        ExcelFile.WriteXml(settings.Path, rows);
        var types = rows.Contains("<v>n</v>", StringComparison.Ordinal) ? new Dictionary<string, ColumnType> { ["n"] = ColumnType.Number } : [];

        var refusal = await RefusalAsync(new ExcelSource(settings with { Types = types }), ColumnChoice.All);

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains("source 'patients' (patients.xlsx)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartOfAnotherEncoding_IsNamed()
    {
        ExcelFile.WriteXml(settings.Path, "", declaration: "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>");

        Assert.Contains("its part xl/worksheets/sheet1.xml is said to be in another encoding", (await RefusalAsync(
            new ExcelSource(settings), ColumnChoice.All)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralWorkbooks_AreOneTable_BelowTheirTitles()
    {
        ExcelFile.Write(settings.Path, ["Visits of 2023"], ["id", "note"], [1, "a_x000D_b_x005F_x"]);
        ExcelFile.Write(Path.Combine(Folder, "q.xlsx"), ["Visits of 2024"], ["id", "note"], [2, "c"]);
        var all = settings with { Path = Path.Combine(Folder, "*.xlsx"), Skip = 1 };

        var snapshot = await ExtractAsync(new ExcelSource(all), ColumnChoice.All);

        Assert.Equal([["1", "a\rb_x"], ["2", "c"]], ReadBack(snapshot).Rows);
        File.Delete(snapshot.Path);
        Assert.Contains("row 2: cell B2 stands in a column without a name", (await RefusalAsync(new ExcelSource(settings), ColumnChoice.All)).Message, StringComparison.Ordinal);
    }

    /// <summary>ECMA-376, 18.17.4.1: both date systems, and the 1900 system's leap year that was none.</summary>
    [Theory]
    [InlineData(1, false, "1900-01-01")]
    [InlineData(59, false, "1900-02-28")]
    [InlineData(61, false, "1900-03-01")]
    [InlineData(36526, false, "2000-01-01")]
    [InlineData(36526.5, false, "2000-01-01T12:00:00")]
    [InlineData(0.25, false, "06:00:00")]
    [InlineData(0, true, "1904-01-01")]
    [InlineData(35064, true, "2000-01-01")]
    public void Dates_AreCountedInDays(double days, bool from1904, string expected) => Assert.Equal(expected, SheetDate.Text(days, from1904));

    [Theory]
    [InlineData(14, null, true)]
    [InlineData(2, null, false)]
    [InlineData(164, "yyyy\\-mm\\-dd", true)]
    [InlineData(164, "#,##0.00 [$€-407]", false)]
    [InlineData(164, "0 \"days\"", false)]
    [InlineData(164, "[Red]0.0", false)]
    public void AFormat_SaysWhetherANumberIsADate(int id, string? code, bool expected) => Assert.Equal(expected, SheetDate.IsDate(id, code));

    /// <summary>Whatever byte of the zip is spoiled, there is a snapshot or a refusal that repeats no cell.</summary>
    [Fact]
    public async Task ABrokenZip_IsASnapshotOrARefusal()
    {
        ExcelFile.Write(settings.Path, [["id", "name"], .. Enumerable.Range(1, 50).Select(i => (object?[])[i, "SECRET"])]);
        var whole = await File.ReadAllBytesAsync(settings.Path, Cancellation);
        var random = new Random(20261121);
        for (var i = 0; i < 150; i++)
        {
            var spoiled = (byte[])whole.Clone();
            spoiled[random.Next(spoiled.Length)] ^= (byte)random.Next(1, 256);
            await File.WriteAllBytesAsync(settings.Path, spoiled, Cancellation);
            var snapshot = Path.Combine(Folder, "snapshot");
            if (await new ExcelSource(settings).ExtractAsync(ColumnChoice.All, snapshot, Cancellation) is Extraction.Failed failed)
            {
                Assert.DoesNotContain("SECRET", failed.Message, StringComparison.Ordinal);
                Assert.False(File.Exists(snapshot));
            }
            else
            {
                File.Delete(snapshot);
            }
        }
    }

    [Fact]
    public async Task AnOldWorkbook_IsNamedAsSuch()
    {
        await File.WriteAllBytesAsync(settings.Path, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], Cancellation);

        Assert.Contains("of the old kind (.xls)", (await RefusalAsync(new ExcelSource(settings), ColumnChoice.All)).Message, StringComparison.Ordinal);
    }
}
