using System.Text.Json;
using System.Text.RegularExpressions;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>
/// Holds a result against a JSON Schema, by the keywords that say what may be in it. Objects hold what is listed and no
/// more, whether the schema says so or not; a keyword that is not understood lets nothing pass. What is said of a misfit
/// names places, never values.
/// </summary>
internal static class ResultShape
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "enum", "const", "minimum", "maximum", "maxLength", "pattern",
        "anyOf", DisclosureHint.Keyword, "title", "description", "$schema", "$comment", "default", "examples",
    };

    /// <summary>Null if it fits.</summary>
    public static string? Misfit(JsonElement schema, JsonElement value) => Misfit(schema, value, "the result");

    private static string? Misfit(JsonElement schema, JsonElement value, string at)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True ? null : $"{at} may not be there";
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return $"the schema of {at} is none";
        }

        if (schema.EnumerateObject().FirstOrDefault(member => !Known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } odd)
        {
            return $"the schema of {at} says '{odd.Name}', which this node does not understand";
        }

        if (Member(schema, "anyOf") is { } choices)
        {
            return choices.EnumerateArray().Any(choice => Misfit(choice, value, at) is null) ? null : $"{at} is none of what it may be";
        }

        return !IsOfType(schema, value) ? $"{at} is of another type"
            : Member(schema, "enum") is { } listed && !listed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? $"{at} is not listed"
            : Member(schema, "const") is { } only && !JsonElement.DeepEquals(only, value) ? $"{at} is not what it has to be"
            : value.ValueKind switch
            {
                JsonValueKind.Object => Object(schema, value, at),
                JsonValueKind.Array => Array(schema, value, at),
                JsonValueKind.String => Number(schema, "maxLength") < value.GetString()!.Length ? $"{at} is too long"
                    : Matches(schema, value.GetString()!) ? null : $"{at} is not of the form that it has to have",
                JsonValueKind.Number => value.GetDouble() < Number(schema, "minimum") || value.GetDouble() > Number(schema, "maximum")
                    ? $"{at} is outside its range" : null,
                _ => null,
            };
    }

    private static string? Object(JsonElement schema, JsonElement value, string at)
    {
        var listed = Member(schema, "properties");
        if (Member(schema, "required") is { } required
            && required.EnumerateArray().FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing)
        {
            return $"{at} has no '{missing.GetString()}'";
        }

        foreach (var member in value.EnumerateObject())
        {
            var inside = listed is { } known && known.TryGetProperty(member.Name, out var own) ? own : Member(schema, "additionalProperties");
            // The name of a member that is not listed could be made of data, so it is not repeated.
            if ((inside is { } allowed ? Misfit(allowed, member.Value, listed?.TryGetProperty(member.Name, out _) == true
                ? $"{at}'s '{member.Name}'" : $"a member of {at}") : $"{at} has a member that is not listed") is { } misfit)
            {
                return misfit;
            }
        }

        return null;
    }

    private static string? Array(JsonElement schema, JsonElement value, string at)
    {
        if (value.GetArrayLength() > Number(schema, "maxItems") || value.GetArrayLength() < Number(schema, "minItems"))
        {
            return $"{at} has too many or too few items";
        }

        return Member(schema, "items") is { } items
            ? value.EnumerateArray().Where(item => !IsHeldBack(items, item)).Select(item => Misfit(items, item, $"an item of {at}"))
                .FirstOrDefault(misfit => misfit is not null)
            : value.GetArrayLength() == 0 ? null : $"the schema does not say what the items of {at} are";
    }

    /// <summary>Schemas of .NET types can't say of a list that some of its objects are missing.</summary>
    private static bool IsHeldBack(JsonElement items, JsonElement item) =>
        item.ValueKind == JsonValueKind.Null && items.ValueKind == JsonValueKind.Object
        && Member(items, "type") is { ValueKind: JsonValueKind.String } type && type.GetString() == "object";

    private static bool IsOfType(JsonElement schema, JsonElement value) => Member(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } one => Is(one.GetString(), value),
        { ValueKind: JsonValueKind.Array } some => some.EnumerateArray().Any(one => Is(one.GetString(), value)),
        // Without a type only the other keywords speak, and there have to be some.
        _ => Member(schema, "enum") is not null || Member(schema, "const") is not null,
    };

    private static bool Is(string? type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("number", JsonValueKind.Number) or ("null", JsonValueKind.Null) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => double.IsInteger(value.GetDouble()),
        _ => false,
    };

    /// <summary>Schemas of .NET types say so of numbers that may be written as texts.</summary>
    private static bool Matches(JsonElement schema, string text)
    {
        if (Member(schema, "pattern") is not { } pattern)
        {
            return true;
        }

        try
        {
            return pattern.ValueKind == JsonValueKind.String && Regex.IsMatch(text, pattern.GetString()!, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static double? Number(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static JsonElement? Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) ? member : null;
}
