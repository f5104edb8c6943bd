using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The kinds of line that rules are made of.</summary>
internal static class RuleLists
{
    public static IReadOnlyList<T> Required<T>(YamlSection section, string key, string expected, Func<string, T?> parse)
        where T : class
    {
        if (!section.Has(key))
        {
            section.Problem($"'{key}' is missing: a list, each item {expected}. An empty list, [], allows nothing.");
        }

        return section.Each(key, expected, parse);
    }

    public static HashSet<T> Ids<T>(YamlSection section, string key)
        where T : struct, IId<T> =>
        Required(section, key, $"an id: '{T.Prefix}_' and 32 lower-case hexadecimal digits",
            text => Id.TryParse<T>(text, out _) ? text : null).Select(Id.Parse<T>).ToHashSet();

    public static YamlSection? RequiredSection(YamlSection section, string key, string meaning)
    {
        if (!section.Has(key))
        {
            section.Problem($"'{key}' is missing: {meaning}.");
        }

        return section.Section(key);
    }

    /// <summary>Null when the line is absent and so does not matter.</summary>
    public static IReadOnlySet<string>? Texts(YamlSection section, string key) =>
        section.Has(key) ? section.Each(key, "a text", text => text).ToHashSet() : null;

    /// <summary>Null for <c>["*"]</c>.</summary>
    public static IReadOnlySet<string>? Functions(YamlSection rule)
    {
        var names = Required(rule, "functions", "a function's name, or \"*\" for all", text => text);
        return names is ["*"] ? null : names.ToHashSet();
    }

    /// <summary>A rule may name only what stands at the top of the file under the same key.</summary>
    public static void RequireKnown(YamlSection section, string key, IReadOnlySet<string> named, IReadOnlyList<string> known)
    {
        foreach (var name in named.Where(name => !known.Contains(name)))
        {
            var near = NearestName.Find(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            section.Problem(key, $"There is no '{name}' under '{key}' at the top of this file.{near}");
        }
    }

    public static T Word<T>(YamlSection section, string key, T cautious, (string Word, T Value) open)
        where T : struct, Enum
    {
        var names = new Dictionary<string, T> { [Spelled(cautious)] = cautious, [open.Word] = open.Value };
        if (section.Text(key) is not { } written)
        {
            return cautious;
        }

        if (!names.TryGetValue(written, out var value))
        {
            section.Problem(key, $"'{key}' is {string.Join(" or ", names.Keys)}.");
            return cautious;
        }

        return value;
    }

    /// <summary><c>CodeOnly</c> is written <c>code-only</c>.</summary>
    private static string Spelled<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
