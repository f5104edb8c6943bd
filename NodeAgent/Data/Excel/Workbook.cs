using System.Globalization;
using System.IO.Compression;
using System.Xml;
using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>The parts of a workbook (ECMA-376) that say what is in a sheet's cells.</summary>
internal sealed class Workbook : IDisposable
{
    /// <summary>Unpacked. A few kilobytes can be packed so that they fill a disk.</summary>
    private const long MostBytes = 4L << 30;
    private const int MostTexts = 10_000_000;
    private static readonly byte[] Old = [0xD0, 0xCF, 0x11, 0xE0];
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, IgnoreComments = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = MostBytes,
    };

    private readonly FileStream file;
    private readonly ZipArchive archive;
    private readonly ExcelFaults faults;
    private readonly List<(string Name, string Id)> sheets = [];

    private Workbook(FileStream file, ExcelFaults faults)
    {
        (this.file, this.faults) = (file, faults);
        archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        ReadBook();
        Texts = ReadTexts();
        Dates = ReadStyles();
    }

    /// <summary>In their order.</summary>
    public IReadOnlyList<string> Sheets => [.. sheets.Select(sheet => sheet.Name)];

    /// <summary>By place, what cells refer to.</summary>
    public IReadOnlyList<string> Texts { get; private set; }

    /// <summary>By style, whether numbers of it are dates.</summary>
    public IReadOnlyList<bool> Dates { get; }

    /// <summary>Days are counted from 1904 on.</summary>
    public bool From1904 { get; private set; }

    public static Workbook Open(string path, ExcelFaults faults)
    {
        var opened = FileSources.Open(faults, path);
        try
        {
            Span<byte> begin = stackalloc byte[4];
            if (opened.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == 4 && begin.SequenceEqual(Old))
            {
                throw faults.Old();
            }

            opened.Position = 0;
            return new Workbook(opened, faults);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

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

    public void Dispose()
    {
        archive.Dispose();
        file.Dispose();
        // Whoever still knows where rows stood needs no texts for it.
        Texts = [];
    }

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
        const string Part = "xl/sharedStrings.xml";
        var texts = new List<string>();
        using var shared = Open(Part);
        try
        {
            while (shared?.ReadToFollowing("si") is true)
            {
                texts.Add(SheetText.Read(shared.ReadSubtree()));
                if (texts.Count > MostTexts)
                {
                    throw faults.TooLarge($"more than {MostTexts} different texts");
                }
            }
        }
        catch (XmlException)
        {
            throw faults.NoXml(Part, $"after text {texts.Count}");
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
    private XmlReader? Open(string part)
    {
        if (archive.GetEntry(part) is not { } entry)
        {
            return null;
        }

        if (entry.Length > MostBytes)
        {
            throw faults.TooLarge($"{entry.Length >> 20} MiB in one part");
        }

        var reader = XmlReader.Create(entry.Open(), Reading);
        try
        {
            // ECMA-376 knows these two. What is said to be in a third is mostly not, and would be read wrongly without a word.
            return reader.Read() && reader.NodeType == XmlNodeType.XmlDeclaration && reader.GetAttribute("encoding") is { } told
                && !told.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !told.Equals("utf-16", StringComparison.OrdinalIgnoreCase)
                ? throw faults.OtherEncoding(part) : reader;
        }
        catch (Exception e)
        {
            reader.Dispose();
            throw e is XmlException ? faults.NoXml(part, "at its begin") : e;
        }
    }
}
