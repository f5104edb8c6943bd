using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>One resource a line, one row a resource: of each what stands at the declared paths.</summary>
internal sealed class FhirRows(FhirSettings settings, FhirFaults faults, FhirLines lines) : TableRows
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly FhirPath[] paths = [.. settings.Paths.Values];
    private readonly byte[][] cells = new byte[settings.Paths.Count][];
    private string? resource = settings.Resource;

    public override IReadOnlyList<string> Columns { get; } = [.. settings.Paths.Keys];

    public override long Line => lines.Line;

    public override bool Read()
    {
        while (lines.Read(out var line))
        {
            if (line.Span.ContainsAnyExcept(" \t\r"u8))
            {
                Take(line);
                return true;
            }
        }

        return false;
    }

    public override ReadOnlySpan<byte> Cell(int column) => cells[column];

    public override string Where(long line) => lines.Where(line);

    public override SourceException NotANumber(int column, bool otherwise) => faults.NotANumber(Here, Columns[column]);

    public override SourceException OtherDecimal(long line, int column) => faults.NotANumber(Where(line), Columns[column]);

    public override void Dispose()
    {
        // The lines are the source's.
    }

    private string Here => Where(Line);

    private void Take(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
        {
            throw faults.At(Here, "bytes that are not UTF-8, as JSON is.");
        }

        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            CheckKind(document.RootElement);
            for (var i = 0; i < paths.Length; i++)
            {
                cells[i] = Cell(i, paths[i].Find(document.RootElement, out var fault));
                if (fault is not null)
                {
                    throw faults.At(Here, Columns[i], $"{fault}.");
                }
            }
        }
        catch (JsonException e)
        {
            throw faults.At(Here, $"no JSON from its byte {e.BytePositionInLine + 1} on, or a name twice in one structure. One line is one whole resource.");
        }
    }

    /// <summary>A bulk export has one kind in each file; columns of two kinds would be missing for one of them.</summary>
    private void CheckKind(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("resourceType", out var kind) || kind.ValueKind != JsonValueKind.String)
        {
            throw faults.At(Here, "no FHIR resource: it has no 'resourceType'.");
        }

        resource ??= kind.GetString()!;
        if (!kind.ValueEquals(resource))
        {
            throw faults.At(Here, $"another kind of resource than {resource}. A source holds one kind; 'resource' says which.");
        }
    }

    private byte[] Cell(int column, JsonElement? found)
    {
        switch (found?.ValueKind)
        {
            case null or JsonValueKind.Null:
                return [];
            case JsonValueKind.True:
                return "1"u8.ToArray();
            case JsonValueKind.False:
                return "0"u8.ToArray();
            case JsonValueKind.Number:
                return Encoding.UTF8.GetBytes(found.Value.GetRawText());
            case JsonValueKind.String:
                return Text(column, found.Value);
            case var kind:
                throw faults.At(Here, Columns[column], kind == JsonValueKind.Array
                    ? "a list stands there, and the path does not say which of its items: [0], or [field=value]."
                    : "a structure stands there, where a table has one number or text in each cell. Say which field of it.");
        }
    }

    private byte[] Text(int column, JsonElement found)
    {
        try
        {
            var text = found.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? throw faults.At(Here, Columns[column], "a NUL character, and tables hold text.") : Encoding.UTF8.GetBytes(text);
        }
        catch (InvalidOperationException)
        {
            throw faults.At(Here, Columns[column], "half a character of Unicode.");
        }
    }
}
