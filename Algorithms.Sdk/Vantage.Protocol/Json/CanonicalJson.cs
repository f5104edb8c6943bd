using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Vantage.Protocol.Json;

/// <summary>
/// One spelling for what a JSON text says (RFC 8785), so that two people who laid it out differently mean the same by its
/// digest. It is for naming content, never for checking signatures: what is signed is exact bytes.
/// </summary>
internal static class CanonicalJson
{
    public static byte[] Of(JsonElement element)
    {
        var text = new StringBuilder();
        Write(element, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(JsonElement element, StringBuilder to)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Write('{', '}', element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal), member =>
                {
                    Write(member.Name, to);
                    to.Append(':');
                    Write(member.Value, to);
                }, to);
                break;
            case JsonValueKind.Array:
                Write('[', ']', element.EnumerateArray(), item => Write(item, to), to);
                break;
            case JsonValueKind.String:
                Write(element.GetString()!, to);
                break;
            case JsonValueKind.Number:
                // A number beyond all doubles has no spelling that others would agree on.
                to.Append(element.GetDouble() is var number && double.IsFinite(number) ? Number(number) : throw new JsonException("a number is too large."));
                break;
            default:
                to.Append(element.GetRawText());
                break;
        }
    }

    private static void Write<T>(char open, char close, IEnumerable<T> items, Action<T> write, StringBuilder to)
    {
        to.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                to.Append(',');
            isFirst = false;
            write(item);
        }

        to.Append(close);
    }

    private static void Write(string text, StringBuilder to)
    {
        to.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => to.Append("\\\""),
                '\\' => to.Append("\\\\"),
                '\b' => to.Append("\\b"),
                '\f' => to.Append("\\f"),
                '\n' => to.Append("\\n"),
                '\r' => to.Append("\\r"),
                '\t' => to.Append("\\t"),
                < ' ' => to.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => to.Append(c),
            };
        }

        to.Append('"');
    }

    /// <summary>As ECMAScript writes a double: the shortest digits that read back as it, and an exponent only far from 1.</summary>
    internal static string Number(double value)
    {
        if (value == 0)
            return "0";
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = shortest[0] == '-' ? "-" : "";
        var parts = shortest.TrimStart('-').Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0] : parts[0][..point];
        var all = whole + (point < 0 ? "" : parts[0][(point + 1)..]);
        var digits = all.TrimStart('0');
        // The decimal point stands after so many of the digits.
        var place = whole.Length - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        return sign + (place is > 0 and <= 21
            ? digits.Length <= place ? digits.PadRight(place, '0') : $"{digits[..place]}.{digits[place..]}"
            : place is <= 0 and > -6
                ? "0." + new string('0', -place) + digits
                : $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(place > 0 ? "+" : "-")}{Math.Abs(place - 1).ToString(CultureInfo.InvariantCulture)}");
    }
}
