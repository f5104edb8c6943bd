using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vantage.Protocol.Sessions;

namespace Vantage.Protocol.Dictionaries;

/// <summary>Levels and constraints of one field.</summary>
internal sealed class ConstraintReader(string path, List<string> problems)
{
    private const int MaxLevels = 1_000;
    private const int LongestText = 1_000;

    public Variable Read(JsonElement field, Variable variable)
    {
        variable = variable with { Levels = Levels(field, "categories", variable.Type) };
        if (!field.TryGetProperty("constraints", out var constraints))
            return variable;
        if (constraints.ValueKind != JsonValueKind.Object)
            return Wrong("constraints", "an object", variable);
        foreach (var constraint in constraints.EnumerateObject())
        {
            variable = constraint.Name switch
            {
                "required" => variable with { Required = constraint.Value.ValueKind == JsonValueKind.True || (constraint.Value.ValueKind != JsonValueKind.False && Wrong("required", "true or false", false)) },
                "minimum" => variable with { Minimum = Bound("minimum", constraint.Value, variable.Type) },
                "maximum" => variable with { Maximum = Bound("maximum", constraint.Value, variable.Type) },
                "enum" => variable with { Levels = Levels(constraints, "enum", variable.Type) is { } values ? Labelled(values, variable.Levels) : variable.Levels },
                "pattern" => variable with { Pattern = Pattern(constraint.Value, variable.Type) },
                var other => Wrong(other, "not understood here; there are required, minimum, maximum, enum and pattern", variable),
            };
        }

        return variable.Minimum is { } from && variable.Maximum is { } to && (from.Text is null ? from.Number > to.Number : string.CompareOrdinal(from.Text, to.Text) > 0)
            ? Wrong("maximum", "not below 'minimum'", variable)
            : variable;
    }

    /// <summary><c>enum</c> says which there are, <c>categories</c> what they are called.</summary>
    private static List<Level> Labelled(IReadOnlyList<Level> values, IReadOnlyList<Level>? labels) =>
        [.. values.Select(value => labels?.FirstOrDefault(label => label.Value == value.Value) ?? value)];

    private IReadOnlyList<Level>? Levels(JsonElement of, string member, VariableType type)
    {
        if (!of.TryGetProperty(member, out var listed))
            return null;
        var levels = listed.ValueKind != JsonValueKind.Array ? [] : listed.EnumerateArray().Select(item => Level(item, type)).ToList();
        return levels.Count is > 0 and <= MaxLevels && levels.All(level => level is not null) && levels.DistinctBy(level => level!.Value).Count() == levels.Count
            ? [.. levels.OfType<Level>()]
            : Wrong<IReadOnlyList<Level>?>(member, $"a list of 1 to {MaxLevels} {(IsNumber(type) ? "numbers" : "texts")}, each once, or of {{\"value\", \"label\"}}", null);
    }

    private static Level? Level(JsonElement item, VariableType type) => item.ValueKind == JsonValueKind.Object
        ? item.TryGetProperty("value", out var value) && Value(value, type) is { } named
            ? new Level(named, item.TryGetProperty("label", out var label) && label.ValueKind == JsonValueKind.String ? label.GetString() : null)
            : null
        : Value(item, type) is { } bare ? new Level(bare) : null;

    private Literal? Bound(string member, JsonElement value, VariableType type) => type is VariableType.String or VariableType.Boolean
        ? Wrong<Literal?>(member, "of numbers, years and dates only", null)
        : Value(value, type) ?? Wrong<Literal?>(member, IsNumber(type) ? "a number" : "a text as the variable's own values", null);

    /// <summary>Table Schema lets numbers stand in quotes too.</summary>
    private static Literal? Value(JsonElement value, VariableType type) => value.ValueKind switch
    {
        JsonValueKind.True when type == VariableType.Boolean => 1,
        JsonValueKind.False when type == VariableType.Boolean => 0,
        JsonValueKind.Number when IsNumber(type) && value.TryGetDouble(out var number) && double.IsFinite(number) => Literal.FromDouble(number),
        JsonValueKind.String when IsNumber(type) => double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Literal.FromDouble(number) : null,
        JsonValueKind.String => value.GetString() is { Length: > 0 and <= LongestText } text && !text.Any(char.IsControl) ? Literal.FromString(text) : null,
        _ => null,
    };

    private string? Pattern(JsonElement value, VariableType type)
    {
        if (type != VariableType.String || value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 and <= LongestText } pattern)
            return Wrong<string?>("pattern", $"a text of at most {LongestText} characters, and of strings only", null);
        try
        {
            // What needs no backtracking is what every engine reads alike.
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return pattern;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Wrong<string?>("pattern", "a regular expression without look-around and back references", null);
        }
    }

    private static bool IsNumber(VariableType type) => type is VariableType.Number or VariableType.Integer or VariableType.Year or VariableType.Boolean;

    private T Wrong<T>(string member, string rule, T otherwise)
    {
        problems.Add($"'{path}.{(member is "categories" or "constraints" ? "" : "constraints.")}{member}' is {rule}.");
        return otherwise;
    }
}
