using System.Globalization;
using System.Text.Json;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>Which item of a list: by its place, or by what a field of it holds.</summary>
internal sealed record Which(int Place, string? Field, string? Value)
{
    /// <summary>What stands between the brackets; null for what is neither.</summary>
    public static Which? Parse(ReadOnlySpan<char> text)
    {
        var equal = text.IndexOf('=');
        return equal > 0 && equal < text.Length - 1 ? new(0, text[..equal].ToString(), text[(equal + 1)..].ToString())
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? new(place, null, null)
            : null;
    }

    /// <summary>Null if there is no such item; or more than one, and that is a fault.</summary>
    public JsonElement? Choose(JsonElement list, string name, out string? fault)
    {
        fault = list.ValueKind == JsonValueKind.Array ? null : $"'{name}' is no list";
        if (fault is not null)
        {
            return null;
        }

        if (Field is null)
        {
            return Place < list.GetArrayLength() ? list[Place] : null;
        }

        JsonElement? found = null;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(Field, out var held) && held.ValueKind == JsonValueKind.String && held.ValueEquals(Value))
            {
                if (found is not null)
                {
                    fault = $"more than one item of '{name}' fits [{Field}={Value}]";
                    return null;
                }

                found = item;
            }
        }

        return found;
    }
}
