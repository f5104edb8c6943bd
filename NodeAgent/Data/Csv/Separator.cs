using System.Text;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>The first line <c>sep=;</c>, by which Excel is told what stands between cells.</summary>
internal static class Separator
{
    /// <summary>What a line declares; null if it is an ordinary one.</summary>
    public static char? Declares(ReadOnlySpan<byte> line)
    {
        var text = line.Trim("\"\r\n"u8);
        return text.Length == 5 && Ascii.EqualsIgnoreCase(text[..4], "sep="u8) ? (char)text[4] : null;
    }
}
