using System.Text.RegularExpressions;

namespace Vantage.NodeAgent.Data;

/// <summary>
/// Where a snapshot's lines stand in the file that it was taken of. They differ where rows were skipped, where there was
/// no header, and where cells with line breaks were left out; the map holds those places only.
/// </summary>
/// <param name="file">The file's name, as people know it.</param>
/// <param name="noun">What people count there: lines, or rows.</param>
internal sealed partial class LineMap(string file, string noun = "line")
{
    /// <summary>A file of nothing but such places is not told line by line.</summary>
    private const int Most = 1_000_000;

    private readonly List<(long Line, long Shift)> steps = [];
    private bool isLost;

    public string File => file;

    /// <summary>Of data that have no lines. A row is a line of the snapshot as long as no cell breaks lines.</summary>
    /// <param name="file">What people know it by.</param>
    /// <param name="mayBreakLines">A cell might; then places are not told.</param>
    public static LineMap OfRows(string file, bool mayBreakLines)
    {
        var map = new LineMap(file, "row") { isLost = mayBreakLines };
        if (!mayBreakLines)
        {
            // Above the first row stands the line with the names.
            map.Add(2, 1);
        }

        return map;
    }

    /// <summary>A row that begins at this line of the snapshot begins at that line of the file. Lines only grow.</summary>
    public void Add(long line, long inFile)
    {
        if (isLost || (steps.Count > 0 ? steps[^1].Shift : 0) == inFile - line)
        {
            return;
        }

        isLost = steps.Count == Most;
        steps.Add((line, inFile - line));
    }

    /// <summary>Null where it is not known any more.</summary>
    public long? InFile(long line)
    {
        var (from, to) = (0, steps.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = steps[middle].Line <= line ? (middle + 1, to) : (from, middle);
        }

        return isLost && from == steps.Count ? null : line + (from == 0 ? 0 : steps[from - 1].Shift);
    }

    /// <summary>
    /// A worker knows its data by the label that the task gives them, and their lines by the snapshot. People know the
    /// file: its name goes beside the label, and the line becomes the file's.
    /// </summary>
    public string Translate(string text, string label) => Place().Replace(text, match =>
        match.Groups["label"].Value != label ? match.Value
        : !match.Groups["line"].Success ? $"'{label}' ({file})"
        : long.TryParse(match.Groups["line"].ValueSpan, out var line) && InFile(line) is { } place ? $"'{label}' ({file}), {noun} {place}"
        : $"'{label}' ({file})");

    [GeneratedRegex(@"'(?<label>[^'\r\n]{1,100})'(, line (?<line>[0-9]{1,18}))?(?! \()", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
