using System.IO.Compression;
using System.Security;
using System.Text;

namespace Vantage.Tests.NodeAgent.Data.Excel;

/// <summary>The least that is a workbook: cells as texts in place, or as numbers.</summary>
internal static class ExcelFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static void Write(string path, params IReadOnlyList<IEnumerable<object?>> rows) => Write(path, new UTF8Encoding(false), rows);

    public static void Write(string path, Encoding encoding, params IReadOnlyList<IEnumerable<object?>> rows) => WriteXml(path, string.Concat(rows.Select((row, y) =>
        $"<row r=\"{y + 1}\">{string.Concat(row.Select((cell, x) => Cell(cell, $"{Letters(x + 1)}{y + 1}")))}</row>")), encoding: encoding);

    /// <param name="path">Where to.</param>
    /// <param name="rows">What stands in its only sheet.</param>
    /// <param name="book">What stands before the sheets in the book.</param>
    /// <param name="encoding">Of the sheet, whatever it says.</param>
    /// <param name="declaration">What it says.</param>
    public static void WriteXml(string path, string rows, string book = "", Encoding? encoding = null, string declaration = "")
    {
        using var file = File.Create(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Add("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">{book}"
            + "<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        Add("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"rId1\" Type=\"worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        Add("xl/worksheets/sheet1.xml", $"{declaration}<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>");

        void Add(string name, string text)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open(), encoding ?? new UTF8Encoding(false));
            writer.Write(text);
        }
    }

    private static string Letters(int place) => place > 26 ? Letters((place - 1) / 26) + Letters(((place - 1) % 26) + 1) : $"{(char)('A' + place - 1)}";

    private static string Cell(object? cell, string at) => cell switch
    {
        null => "",
        string text => $"<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>",
        _ => FormattableString.Invariant($"<c r=\"{at}\"><v>{cell}</v></c>"),
    };
}
