using System.Text.Json;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>Finds the line that is no JSON object: DuckDB counts lines from where it began to read, which is not always the first.</summary>
internal static class JsonLineFaults
{
    private const int Longest = 16 * 1024 * 1024;

    /// <summary>Null if every line is one.</summary>
    public static string? First(IReadOnlyList<string> paths)
    {
        if (paths.All(path => new FileInfo(path).Length == 0))
        {
            return "there are no lines, and the source's 'types' declare no columns.";
        }

        foreach (var path in paths)
        {
            var number = 0L;
            using var lines = new StreamReader(path);
            while (Read(lines) is { } line)
            {
                number++;
                if (line.Length > Longest)
                {
                    return At(path, number, $"a line of more than {Longest >> 20} MiB.");
                }

                if (!string.IsNullOrWhiteSpace(line) && Fault(line) is { } fault)
                {
                    return At(path, number, fault);
                }
            }
        }

        return null;
    }

    private static string? Fault(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : "JSON, but no object: one line is one row, {\"column\": value, …}.";
        }
        catch (JsonException e)
        {
            return $"no JSON from its byte {e.BytePositionInLine + 1} on. One line is one whole object.";
        }
    }

    /// <summary>Like ReadLine, but of a line without end only as much as tells that it is too long.</summary>
    private static string? Read(StreamReader lines)
    {
        var line = new System.Text.StringBuilder();
        for (var c = lines.Read(); c >= 0; c = lines.Read())
        {
            if (c == '\n')
            {
                return line.ToString();
            }

            if (line.Append((char)c).Length > Longest)
            {
                return line.ToString();
            }
        }

        return line.Length == 0 ? null : line.ToString();
    }

    private static string At(string path, long line, string fault) => $"{Path.GetFileName(path)}, line {line}: {fault}";
}
