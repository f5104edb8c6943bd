using System.Text.Json;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>Where in an output the filter is.</summary>
/// <param name="Schema">Of what is there.</param>
/// <param name="Hint">Declared here, or further out; null if nowhere.</param>
/// <param name="Rows">How many rows it is about.</param>
/// <param name="At">For sentences: names that stand in the schema, never a value.</param>
internal readonly record struct Place(JsonElement Schema, DisclosureHint? Hint, long Rows, string At)
{
    private static readonly Dictionary<string, DisclosureKind> Kinds = Enum.GetValues<DisclosureKind>().ToDictionary(k => k.ToExactName());

    public DisclosureKind? Kind => Hint?.Is;

    /// <summary>The same place, as the schema that is declared here describes it.</summary>
    public Place Of(JsonElement schema) => this with { Schema = schema, Hint = Read(schema) ?? Hint };

    /// <summary>Whether the schema names it.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whether the rows that it is about leave rounded, as its counts do.</summary>
    public bool IsRounded { get; init; }

    public Place Member(string name) =>
        Keyword("properties") is { } known && known.TryGetProperty(name, out var own)
            ? Of(own) with { At = $"{At}'s '{name}'", IsListed = true }
            : Of(Keyword("additionalProperties") ?? default) with { At = $"a member of {At}", IsListed = false };

    public Place Item() => (Keyword("items") is { } items ? Of(items) : this with { Schema = default }) with { At = $"an item of {At}" };

    public JsonElement? Keyword(string name) =>
        Schema.ValueKind == JsonValueKind.Object && Schema.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Null where the schema declares nothing, or nothing that this node understands: then nobody has said what it is.</summary>
    public static DisclosureHint? Read(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty(DisclosureHint.Keyword, out var hint)
            || hint.ValueKind != JsonValueKind.Object || Text(hint, "is") is not { } named || !Kinds.TryGetValue(named, out var kind))
        {
            return null;
        }

        return new DisclosureHint(kind, Text(hint, "shape"), Text(hint, "evidence"),
            hint.TryGetProperty("digits", out var digits) && digits.TryGetInt32(out var number) ? number : null,
            hint.TryGetProperty("words", out var words) && words.ValueKind == JsonValueKind.Array
                ? [.. words.EnumerateArray().Where(w => w.ValueKind == JsonValueKind.String).Select(w => w.GetString()!)]
                : null,
            hint.TryGetProperty("items", out var items) && items.TryGetInt32(out var most) ? Math.Min(most, DisclosureHint.MostItems) : null,
            hint.TryGetProperty("rounded", out var rounded) && rounded.ValueKind == JsonValueKind.True);
    }

    private static string? Text(JsonElement hint, string name) =>
        hint.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
