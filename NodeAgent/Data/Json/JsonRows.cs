using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Json;

/// <summary>One object a line, one row an object. What a line does not name is missing.</summary>
internal sealed class JsonRows(JsonColumns columns, JsonLines lines, JsonFaults faults, IReadOnlyList<double> missing) : TableRows
{
    private readonly ArrayBufferWriter<byte> text = new();
    private readonly Range[] cells = new Range[columns.Names.Count];

    public override IReadOnlyList<string> Columns => columns.Names;

    public override long Line => lines.Line;

    public override string Noun => "line";

    /// <summary>Codes for "missing" that are numbers, however a file writes them.</summary>
    public static IReadOnlyList<double> Codes(IReadOnlyList<string> missing) => [.. missing
        .Select(code => double.TryParse(code, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).Where(double.IsFinite)];

    public override bool Read()
    {
        if (lines.Read() is not { } row)
        {
            return false;
        }

        text.ResetWrittenCount();
        Array.Fill(cells, default);
        var likely = 0;
        foreach (var property in row.EnumerateObject())
        {
            var place = columns.Place(property, likely);
            likely = place + 1;
            // A name that was not there a moment ago is of a file that changed, which is found out at the end.
            if (place >= 0 && !IsMissing(property.Value))
            {
                var start = text.WrittenCount;
                Write(property.Value, place);
                cells[place] = start..text.WrittenCount;
            }
        }

        return true;
    }

    public override ReadOnlySpan<byte> Cell(int column) => text.WrittenSpan[cells[column]];

    public override string Where(long line) => lines.Where(line);

    public override SourceException NotANumber(int column, bool otherwise) => faults.NotANumber(lines.Here, Columns[column]);

    public override SourceException OtherDecimal(long line, int column) => faults.NotANumber(Where(line), Columns[column]);

    public override void Dispose() => lines.Dispose();

    private void Write(JsonElement value, int place)
    {
        if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            // No run sees it, but by it rows are told apart.
            text.Write(JsonMarshal.GetRawUtf8Value(value));
        }
        else if (JsonCell.Write(value, text) is { } fault)
        {
            throw faults.At(lines.Here, Columns[place], fault);
        }
    }

    private bool IsMissing(JsonElement value) =>
        missing.Count > 0 && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && missing.Contains(number);
}
