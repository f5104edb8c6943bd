using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Vantage.NodeAgent.Data.Json;

/// <summary>What a number, text or truth of JSON is as a cell.</summary>
internal static class JsonCell
{
    /// <summary>Why it can't be one, in words; null once it is written.</summary>
    public static string? Write(JsonElement value, IBufferWriter<byte> to)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                to.Write(value.ValueKind == JsonValueKind.True ? "1"u8 : "0"u8);
                return null;
            case JsonValueKind.String:
                return WriteText(value, to);
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                // Numbers digit for digit.
                to.Write(JsonMarshal.GetRawUtf8Value(value));
                return null;
        }
    }

    private static string? WriteText(JsonElement value, IBufferWriter<byte> to)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (!raw.Contains((byte)'\\'))
        {
            to.Write(raw);
            return null;
        }

        try
        {
            var text = value.GetString()!;
            Encoding.UTF8.GetBytes(text, to);
            return text.Contains('\0', StringComparison.Ordinal) ? "a NUL character, and tables hold text." : null;
        }
        catch (InvalidOperationException)
        {
            return "half a character of Unicode.";
        }
    }
}
