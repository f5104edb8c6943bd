using System.Buffers.Text;
using System.Text;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>
/// How a frame remembers which rows of which sources each of its own rows came of: in a column that no run ever sees, as words of a
/// source's name and a row's digest. A row that was joined or aggregated of several has several words.
/// </summary>
internal static class RowKeys
{
    public const string Column = "vantage rows";

    /// <summary>Stands for a group of so many rows that naming them would take megabytes.</summary>
    public const string TooMany = "*";

    /// <summary>Rows of a group that are still named one by one.</summary>
    public const int MostNamed = 100_000;

    /// <summary>What stands before the digest in a source's words.</summary>
    public static string Prefix(string source) => Uri.EscapeDataString(source) + ':';

    /// <summary>The words of a cell; false if it is none of this kind.</summary>
    public static bool TryRead(ReadOnlySpan<byte> cell, Action<string, ulong> take, Dictionary<string, string> known)
    {
        foreach (var range in cell.Split((byte)' '))
        {
            var word = cell[range];
            var colon = word.LastIndexOf((byte)':');
            if (colon < 1 || !Utf8Parser.TryParse(word[(colon + 1)..], out ulong digest, out var used) || used != word.Length - colon - 1)
            {
                return false;
            }

            var name = Encoding.UTF8.GetString(word[..colon]);
            if (!known.TryGetValue(name, out var source))
            {
                known[name] = source = Uri.UnescapeDataString(name);
            }

            take(source, digest);
        }

        return true;
    }
}
