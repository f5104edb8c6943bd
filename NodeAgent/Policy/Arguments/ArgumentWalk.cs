using System.Globalization;
using System.Text.Json;

namespace Vantage.NodeAgent.Policy.Arguments;

/// <summary>
/// Goes through the arguments of one request. A list is looked at item by item; a member that is null counts as left out.
/// </summary>
internal sealed class ArgumentWalk(string line, IReadOnlyDictionary<string, MemberLimit> members)
{
    private const int Shown = 60;
    private readonly HashSet<string> given = new(StringComparer.Ordinal);
    private readonly List<RuleObjection> found = [];

    public IEnumerable<RuleObjection> Objections => found.Concat(members
        .Where(member => member.Value.Required && !given.Contains(member.Key))
        .Select(member => new RuleObjection($"{line}.{member.Key}", $"argument '{member.Key}' is missing", "it has to be given")));

    public void Look(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            LookInto("", root);
        }
        else if (root.ValueKind != JsonValueKind.Null)
        {
            Object(line, "the arguments are no object with named members", Listed);
        }
    }

    private string Listed => members.Count == 0 ? "none" : string.Join(", ", members.Keys);

    private void LookInto(string path, JsonElement value)
    {
        foreach (var member in value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            // A name with the separator in it could be taken for a path: none such is listed.
            var name = path + member.Name;
            if (!member.Name.Contains(ArgumentLimits.Separator, StringComparison.Ordinal) && members.TryGetValue(name, out var limit))
            {
                given.Add(name);
                Hold(name, limit, member.Value);
            }
            else if (!member.Name.Contains(ArgumentLimits.Separator, StringComparison.Ordinal)
                && members.Keys.Any(key => key.StartsWith(name + ArgumentLimits.Separator, StringComparison.Ordinal)))
            {
                Descend(name, member.Value);
            }
            else
            {
                Object(line, $"argument '{Short(name)}' is not listed", Listed);
            }
        }
    }

    private void Descend(string name, JsonElement value)
    {
        foreach (var item in Items(value))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                LookInto(name + ArgumentLimits.Separator, item);
            }
            else if (item.ValueKind != JsonValueKind.Null)
            {
                Object(line, $"argument '{name}' is no object with named members", Listed);
            }
        }
    }

    private void Hold(string name, MemberLimit limit, JsonElement value)
    {
        if (limit.IsAny)
        {
            return;
        }

        var at = $"{line}.{name}";
        var items = Items(value);
        if (limit.MaxItems is { } most && items.Count > most)
        {
            Object(at, $"argument '{name}' lists {items.Count} items, at most {most} are allowed", $"up to {most} items");
        }

        foreach (var item in items)
        {
            Hold(at, name, limit, item);
        }
    }

    private void Hold(string at, string name, MemberLimit limit, JsonElement item)
    {
        if (limit.Values is { } values && !(AsWritten(item) is { } written && values.Contains(written)))
        {
            Object(at, $"argument '{name}' is {Short(item.GetRawText())}, which is not listed", string.Join(", ", values));
        }

        if (limit.Min is not null || limit.Max is not null)
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetDouble(out var number) || !double.IsFinite(number))
            {
                Object(at, $"argument '{name}' is {Short(item.GetRawText())}, and only numbers are allowed", Range(limit));
            }
            else if (number < limit.Min || number > limit.Max)
            {
                Object(at, $"argument '{name}' is {Short(item.GetRawText())}, {Range(limit)} is allowed", Range(limit));
            }
        }

        if (limit.MaxLength is { } longest && !(item.ValueKind == JsonValueKind.String && item.GetString()!.Length <= longest))
        {
            Object(at, $"argument '{name}' is no text of at most {longest} characters", $"up to {longest} characters");
        }
        else if (limit is { Values: null, Min: null, Max: null, MaxLength: null } && item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            Object(at, $"argument '{name}' holds more than plain values", "texts, numbers, true and false");
        }
    }

    private static string Range(MemberLimit limit) => (limit.Min, limit.Max) switch
    {
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"),
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"{min} or more"),
        (_, { } max) => string.Create(CultureInfo.InvariantCulture, $"at most {max}"),
        _ => "a number",
    };

    /// <summary>Numbers by their value, so that 1.0 is 1.</summary>
    private static string? AsWritten(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Number => item.TryGetDouble(out var number) ? number.ToString("R", CultureInfo.InvariantCulture) : null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static List<JsonElement> Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static string Short(string text) => text.Length <= Shown ? text : text[..Shown] + "…";

    private void Object(string at, string problem, string allows) => found.Add(new(at, problem, allows));
}
