using System.Text.Json;
using System.Text.Unicode;
using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Json;

/// <summary>The lines of a file, each a JSON structure; empty ones are left out. Memory holds one.</summary>
internal sealed class JsonLines(string path, Stream content, JsonFaults faults) : IDisposable
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly string file = Path.GetFileName(path);
    private readonly ByteLines lines = new(content, line => faults.LineTooLong($"{Path.GetFileName(path)}, line {line}"));
    private JsonDocument? document;

    public long Line => lines.Line;

    /// <summary>The current line, for people.</summary>
    public string Here => Where(Line);

    public string Where(long line) => $"{file}, line {line}";

    /// <summary>Valid until the next; null after the last.</summary>
    public JsonElement? Read()
    {
        while (lines.Read(out var line))
        {
            if (line.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return Parse(line);
            }
        }

        return null;
    }

    public void Dispose() => document?.Dispose();

    private JsonElement Parse(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span) || line.Span.IndexOf((byte)0) is >= 0 and < 4)
        {
            throw faults.OtherEncoding(Here, isWide: line.Span.Contains((byte)0));
        }

        try
        {
            document?.Dispose();
            document = JsonDocument.Parse(line, Strict);
            return document.RootElement;
        }
        catch (JsonException e)
        {
            throw line.Span.Contains((byte)0) ? faults.At(Here, "a NUL character, and tables hold text.") : faults.NoJson(Here, e.BytePositionInLine);
        }
    }
}
