using System.Globalization;
using System.Text;
using System.Xml;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>The rows of one sheet, below its first row that is not empty. Empty rows are none.</summary>
internal sealed class ExcelRows : TableRows
{
    /// <summary>XFD, the last column of a sheet.</summary>
    private const int LastPlace = 16_384;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ExcelSettings settings;
    private readonly ExcelFaults faults;
    private readonly Workbook book;
    private readonly XmlReader sheet;
    private readonly SortedDictionary<int, string> row = [];
    private readonly byte[][] cells;
    private readonly int[] places;
    private readonly IReadOnlyList<string> columns;
    private long line;

    /// <summary>Takes over the workbook.</summary>
    public ExcelRows(ExcelSettings settings, ExcelFaults faults, Workbook book)
    {
        (this.settings, this.faults, this.book) = (settings, faults, book);
        sheet = book.OpenSheet(settings.Sheet);
        columns = [];
        do
        {
            if (!Advance())
            {
                throw faults.Empty();
            }
        }
        while (line <= settings.Skip);

        Header = line;
        (places, columns) = ([.. row.Keys], [.. row.Values]);
        cells = [.. places.Select(place => Bytes(row[place], Letters(place)))];
        if (columns.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw faults.SameName(line, twice.Key);
        }
    }

    /// <summary>The row with the names.</summary>
    public long Header { get; }

    public override IReadOnlyList<string> Columns => columns;

    public override long Line => line;

    public override bool Read()
    {
        if (!Advance())
        {
            return false;
        }

        for (var i = 0; i < places.Length; i++)
        {
            cells[i] = row.Remove(places[i], out var text) ? Bytes(text, columns[i]) : [];
        }

        return row.Count == 0 ? true : throw faults.NoName(line, $"{Letters(row.First().Key)}{line}");
    }

    public override ReadOnlySpan<byte> Cell(int column) => cells[column];

    public override string Where(long line) => $"{Path.GetFileName(settings.Path)}, row {line}";

    public override SourceException NotANumber(int column, bool otherwise) => faults.NotANumber(line, columns[column]);

    public override SourceException OtherDecimal(long line, int column) => faults.OtherDecimal(line, columns[column]);

    public override void Dispose()
    {
        sheet.Dispose();
        book.Dispose();
    }

    /// <summary>To the next row that holds anything.</summary>
    private bool Advance()
    {
        try
        {
            return ToNext();
        }
        catch (XmlException)
        {
            throw faults.NoXml(line);
        }
    }

    private bool ToNext()
    {
        while (sheet.ReadToFollowing("row"))
        {
            line = long.TryParse(sheet.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : line + 1;
            row.Clear();
            using var inner = sheet.ReadSubtree();
            var place = 0;
            while (inner.ReadToFollowing("c"))
            {
                place = inner.GetAttribute("r") is { } at ? Place(at) : place + 1;
                if (place > LastPlace)
                {
                    throw faults.TooManyColumns(line, LastPlace);
                }

                var text = Cell(inner, place);
                if (text.Length > 0)
                {
                    row[place] = text;
                }
            }

            if (row.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private string Cell(XmlReader at, int place)
    {
        var (kind, style) = (at.GetAttribute("t"), at.GetAttribute("s"));
        var (value, formula) = ("", false);
        using var cell = at.ReadSubtree();
        cell.Read();
        while (!cell.EOF)
        {
            if (cell.NodeType == XmlNodeType.Element && cell.LocalName == "v")
            {
                value = cell.ReadElementContentAsString();
                value = kind == "str" ? SheetText.Unescaped(value) : value;
            }
            else if (cell.NodeType == XmlNodeType.Element && cell.LocalName == "is")
            {
                value = SheetText.Read(cell.ReadSubtree());
                cell.Read();
            }
            else
            {
                formula |= cell.NodeType == XmlNodeType.Element && cell.LocalName == "f";
                cell.Read();
            }
        }

        return value.Length == 0 && formula && kind != "str" ? throw faults.NoValue(line, Name(place))
            : kind == "s" ? book.Texts[int.Parse(value, CultureInfo.InvariantCulture)].Trim(' ', '\t')
            : kind is null or "n" && value.Length > 0 ? Number(value, style)
            : value.Trim(' ', '\t');
    }

    private byte[] Bytes(string text, string column)
    {
        try
        {
            return text.Contains('\0', StringComparison.Ordinal) ? throw faults.Nul(line, column) : Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw faults.HalfCharacter(line, column);
        }
    }

    /// <summary>A number as it stands, or the date that its format makes of it.</summary>
    private string Number(string value, string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < book.Dates.Count && book.Dates[number]
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
            ? SheetDate.Text(days, book.From1904) ?? value
            : value;

    private string Name(int place) => places is not null && Array.IndexOf(places, place) is >= 0 and var i ? columns[i] : Letters(place);

    /// <summary>The column of a cell such as AB12, from 1 on.</summary>
    private static int Place(string cell) =>
        cell.TakeWhile(char.IsAsciiLetterUpper).Aggregate(0, (place, letter) => Math.Min((place * 26) + letter - 'A' + 1, LastPlace + 1));

    private static string Letters(int place) => place > 26 ? Letters((place - 1) / 26) + Letters(((place - 1) % 26) + 1) : $"{(char)('A' + place - 1)}";
}
