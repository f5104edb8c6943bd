using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Vantage.NodeAgent.Hosting.Yaml;

/// <summary>
/// One mapping of a settings file. Each accessor names a key that may stand there; <see cref="Done"/> complains of all
/// others. Problems are collected, so that a person sees all of them at once.
/// </summary>
internal sealed class YamlSection(string file, string path, YamlMappingNode node, List<YamlProblem> problems)
{
    private readonly Dictionary<string, YamlNode> values = Index(file, node, problems);
    private readonly HashSet<string> known = [];

    public IEnumerable<string> Keys => values.Keys;

    /// <summary>The file's path, as error texts call it.</summary>
    public string File => file;

    public bool Has(string key)
    {
        known.Add(key);
        return values.ContainsKey(key);
    }

    public string? Text(string key) => Scalar(key)?.Value;

    public string RequiredText(string key, string meaning)
    {
        if (Scalar(key) is { Value: { Length: > 0 } text })
        {
            return text;
        }

        if (!values.ContainsKey(key))
        {
            Problem(node, $"'{Name(key)}' is missing: {meaning}.");
        }

        return "";
    }

    public int Number(string key, int otherwise, int min, int max)
    {
        if (Scalar(key) is not { } scalar)
        {
            return otherwise;
        }

        if (int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        Problem(scalar, $"'{Name(key)}' is a whole number from {min} to {max}.");
        return otherwise;
    }

    public bool Flag(string key, bool otherwise)
    {
        if (Scalar(key) is not { } scalar)
        {
            return otherwise;
        }

        if (scalar.Value is "true" or "false")
        {
            return scalar.Value == "true";
        }

        Problem(scalar, $"'{Name(key)}' is true or false.");
        return otherwise;
    }

    /// <summary>A mapping under a key; null if there is none.</summary>
    public YamlSection? Section(string key)
    {
        known.Add(key);
        switch (values.GetValueOrDefault(key))
        {
            case YamlMappingNode mapping:
                return new YamlSection(file, Name(key), mapping, problems);
            case null or YamlScalarNode { Value: null or "" or "~" or "null", Style: ScalarStyle.Plain }:
                return null;
            case var other:
                Problem(other, $"'{Name(key)}' holds 'key: value' lines of its own.");
                return null;
        }
    }

    /// <summary>Whether a key holds a mapping, for lines that may also be a word.</summary>
    public bool IsSection(string key)
    {
        known.Add(key);
        return values.GetValueOrDefault(key) is YamlMappingNode;
    }

    /// <summary>The mappings of a list; empty if there is none.</summary>
    public IReadOnlyList<YamlSection> Sections(string key) =>
        [.. Items(key).Select((item, i) => item is YamlMappingNode mapping
            ? new YamlSection(file, $"{Name(key)}[{i}]", mapping, problems)
            : Wrong<YamlSection>(item, $"'{Name(key)}[{i}]' holds 'key: value' lines of its own.")).OfType<YamlSection>()];

    /// <summary>The texts of a list; empty if there is none.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        [.. Items(key).Select((item, i) => item is YamlScalarNode { Value: { } text }
            ? text
            : Wrong<string>(item, $"'{Name(key)}[{i}]' is a text.")).OfType<string>()];

    /// <summary>The items of a list, each read by <paramref name="parse"/>; null from it is complained of at the item.</summary>
    /// <param name="expected">What an item is, for the complaint.</param>
    public IReadOnlyList<T> Each<T>(string key, string expected, Func<string, T?> parse)
        where T : class =>
        [.. Items(key).Select((item, i) => item is YamlScalarNode { Value: { } text } && parse(text) is { } value
            ? value
            : Wrong<T>(item, $"'{Name(key)}[{i}]' is {expected}.")).OfType<T>()];

    /// <summary>Complains at a key, or at the section where the key is missing.</summary>
    public void Problem(string key, string message) => Problem(values.GetValueOrDefault(key) ?? node, message);

    /// <summary>Complains at the section itself.</summary>
    public void Problem(string message) => Problem(node, message);

    /// <summary>Complains of every key that nobody asked for, with the known one nearest to it.</summary>
    public void Done()
    {
        foreach (var (key, _) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && !known.Contains(name))
            {
                var hint = NearestName.Find(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
                Problem(key, $"Unknown key '{Name(name)}'.{hint} Known here: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    private YamlScalarNode? Scalar(string key)
    {
        known.Add(key);
        return values.GetValueOrDefault(key) switch
        {
            YamlScalarNode { Value: "" or "~" or "null", Style: ScalarStyle.Plain } or null => null,
            YamlScalarNode scalar => scalar,
            var other => Wrong<YamlScalarNode>(other, $"'{Name(key)}' is a single value."),
        };
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        known.Add(key);
        return values.GetValueOrDefault(key) switch
        {
            YamlSequenceNode list => list.Children,
            null or YamlScalarNode { Value: null or "" or "~" or "null", Style: ScalarStyle.Plain } => [],
            var other => Wrong<IEnumerable<YamlNode>>(other, $"'{Name(key)}' is a list: one '- …' line each.") ?? [],
        };
    }

    private static Dictionary<string, YamlNode> Index(string file, YamlMappingNode node, List<YamlProblem> problems)
    {
        var index = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                problems.Add(new(file, key.Start.Line, key.Start.Column, "A key is a plain text."));
            }
            else
            {
                index[name] = value;
            }
        }

        return index;
    }

    private string Name(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private void Problem(YamlNode at, string message) => problems.Add(new(file, at.Start.Line, at.Start.Column, message));

    private T? Wrong<T>(YamlNode at, string message)
        where T : class
    {
        Problem(at, message);
        return null;
    }
}
