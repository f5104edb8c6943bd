namespace Vantage.NodeAgent.Data.Desk;

/// <summary>Adds to <c>sources:</c> of a node.yaml as a person would: below what is there, and nothing else is touched.</summary>
internal static class SourceEdit
{
    /// <param name="yaml">The file.</param>
    /// <param name="item">A list's item, beginning with <c>- </c>.</param>
    /// <returns>Null if the list is written in another way than line by line.</returns>
    public static string? Append(string yaml, string item)
    {
        var lines = yaml.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').ToList();
        var key = lines.FindIndex(line => line.StartsWith("sources:", StringComparison.Ordinal));
        if (key < 0)
        {
            return $"{string.Join('\n', lines)}\n\nsources:\n{Indented(item, "  ")}";
        }

        if (lines[key]["sources:".Length..].Split('#')[0].Trim() is not ("" or "[]"))
        {
            return null;
        }

        lines[key] = lines[key].Replace("[]", "", StringComparison.Ordinal).TrimEnd();
        var first = lines.FindIndex(key + 1, line => line.TrimStart().StartsWith("- ", StringComparison.Ordinal));
        // What belongs to the list is indented, or begins with its dash; blank lines and comments at its end belong to what follows.
        var end = lines.FindIndex(key + 1, line => line.Length > 0 && line[0] is not (' ' or '#') && !line.StartsWith("- ", StringComparison.Ordinal));
        end = end < 0 ? lines.Count : end;
        while (end > key + 1 && (lines[end - 1].Length == 0 || lines[end - 1][0] == '#'))
        {
            end--;
        }

        var indent = first >= 0 && first < end ? lines[first][..^lines[first].TrimStart().Length] : "  ";
        lines.Insert(end, Indented(item, indent).TrimEnd('\n'));
        return string.Join('\n', lines) + "\n";
    }

    private static string Indented(string item, string indent) =>
        string.Concat(item.TrimEnd('\n').Split('\n').Select(line => $"{indent}{line}\n"));
}
