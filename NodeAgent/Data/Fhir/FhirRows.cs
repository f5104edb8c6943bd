using System.Buffers;
using System.Text.Json;
using Vantage.NodeAgent.Data.Json;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>One resource a line, one row a resource: of each what stands at the declared paths.</summary>
internal sealed class FhirRows(FhirSettings settings, FhirKind kind, JsonLines lines, FhirFaults faults) : TableRows
{
    private readonly FhirPath[] paths = [.. settings.Paths.Values];
    private readonly ArrayBufferWriter<byte> text = new();
    private readonly int[] ends = new int[settings.Paths.Count];

    public override IReadOnlyList<string> Columns { get; } = [.. settings.Paths.Keys];

    public override long Line => lines.Line;

    public override string Noun => "line";

    public override bool Read()
    {
        if (lines.Read() is not { } resource)
        {
            return false;
        }

        if (kind.Fault(resource) is { } other)
        {
            throw faults.At(lines.Here, other);
        }

        text.ResetWrittenCount();
        for (var i = 0; i < paths.Length; i++)
        {
            if (Write(resource, paths[i]) is { } fault)
            {
                throw faults.At(lines.Here, Columns[i], fault);
            }

            ends[i] = text.WrittenCount;
        }

        return true;
    }

    public override ReadOnlySpan<byte> Cell(int column) => text.WrittenSpan[(column == 0 ? 0 : ends[column - 1])..ends[column]];

    public override string Where(long line) => lines.Where(line);

    public override SourceException NotANumber(int column, bool otherwise) => faults.NotANumber(lines.Here, Columns[column]);

    public override SourceException OtherDecimal(long line, int column) => faults.NotANumber(Where(line), Columns[column]);

    public override void Dispose() => lines.Dispose();

    /// <summary>Why there is no cell, in words.</summary>
    private string? Write(JsonElement resource, FhirPath path)
    {
        var found = path.Find(resource, out var fault);
        return fault is not null ? $"{fault}."
            : found is not { } value ? null
            : value.ValueKind switch
            {
                JsonValueKind.Array => "a list stands there, and the path does not say which of its items: [0], or [field=value].",
                JsonValueKind.Object => "a structure stands there, where a table has one number or text in each cell. Say which field of it.",
                _ => JsonCell.Write(value, text),
            };
    }
}
