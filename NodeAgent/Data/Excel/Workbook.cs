using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>The parts of a workbook (ECMA-376) that say what is in a sheet's cells.</summary>
internal sealed class Workbook : IDisposable
{
    /// <summary>Unpacked. A few kilobytes can be packed so that they fill a disk.</summary>
    private const long MostBytes = 4L << 30;
    private const int MostTexts = 10_000_000;
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, IgnoreComments = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = MostBytes,
    };

    private readonly ZipArchive archive;
    private readonly ExcelFaults faults;
    private readonly List<(string Name, string Id)> sheets = [];

    public Workbook(Stream file, ExcelFaults faults)
    {
        this.faults = faults;
        archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        ReadBook();
        Texts = ReadTexts();
        Dates = ReadStyles();
    }

    /// <summary>By place, what cells refer to.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>By style, whether numbers of it are dates.</summary>
    public IReadOnlyList<bool> Dates { get; }

    /// <summary>Days are counted from 1904 on.</summary>
    public bool From1904 { get; private set; }

    public XmlReader OpenSheet(string? name)
    {
        if (name is null && sheets.Count > 1)
        {
            throw faults.WhichSheet(sheets.Count);
        }

        var id = sheets.FirstOrDefault(sheet => name is null || sheet.Name == name).Id ?? throw faults.NoSheet();
        using var relations = Open("xl/_rels/workbook.xml.rels") ?? throw faults.NoWorkbook();
        while (relations.ReadToFollowing("Relationship"))
        {
            if (relations.GetAttribute("Id") == id && relations.GetAttribute("Target") is { } target)
            {
                return Open(target.StartsWith('/') ? target[1..] : "xl/" + target) ?? throw faults.NoWorkbook();
            }
        }

        throw faults.NoWorkbook();
    }

    public void Dispose() => archive.Dispose();

    private void ReadBook()
    {
        using var book = Open("xl/workbook.xml") ?? throw faults.NoWorkbook();
        while (book.Read())
        {
            switch (book.NodeType, book.LocalName)
            {
                case (XmlNodeType.Element, "workbookPr"):
                    From1904 = book.GetAttribute("date1904") is "1" or "true";
                    break;
                case (XmlNodeType.Element, "sheet"):
                    sheets.Add((book.GetAttribute("name") ?? "", book.GetAttribute("id", Relations) ?? ""));
                    break;
            }
        }
    }

    private List<string> ReadTexts()
    {
        var texts = new List<string>();
        using var shared = Open("xl/sharedStrings.xml");
        while (shared?.ReadToFollowing("si") is true)
        {
            texts.Add(SheetText.Read(shared.ReadSubtree()));
            if (texts.Count > MostTexts)
            {
                throw faults.TooLarge($"more than {MostTexts} different texts");
            }
        }

        return texts;
    }

    private List<bool> ReadStyles()
    {
        var (own, styles) = (new Dictionary<int, string>(), new List<bool>());
        using var reader = Open("xl/styles.xml");
        var inCells = false;
        while (reader?.Read() is true)
        {
            inCells = reader.LocalName == "cellXfs" ? reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement : inCells;
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "numFmt" or "xf"
                && int.TryParse(reader.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                if (reader.LocalName == "numFmt")
                {
                    own[id] = reader.GetAttribute("formatCode") ?? "";
                }
                else if (inCells)
                {
                    styles.Add(SheetDate.IsDate(id, own.GetValueOrDefault(id)));
                }
            }
        }

        return styles;
    }

    /// <summary>Null if there is no such part.</summary>
    private XmlReader? Open(string part) => archive.GetEntry(part) is not { } entry ? null
        : entry.Length > MostBytes ? throw faults.TooLarge($"{entry.Length >> 20} MiB in one part")
        : XmlReader.Create(entry.Open(), Reading);
}
