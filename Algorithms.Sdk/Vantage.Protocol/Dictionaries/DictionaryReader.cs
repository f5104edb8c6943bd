using System.Text.Json;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Dictionaries;

/// <summary>
/// Reads a Table Schema and collects all that is wrong with it. Members that only describe are left alone; a constraint
/// that is not understood is refused, since data would be taken for something that nobody checked.
/// </summary>
internal sealed class DictionaryReader
{
    private const int LongestName = 200;

    /// <summary>What is something else must not be taken for something that is not there.</summary>
    private static readonly string[] WordsOnly = ["type", "format", "unit"];

    private readonly List<string> problems = [];

    public DataDictionary Read(JsonElement root, Digest digest)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new DictionaryException(["it is no JSON object."]);
        var (name, version) = (Text(root, "name") ?? "", Text(root, "version") ?? "");
        Require(DictionaryRef.IsName(name), "'name' is 1 to 64 letters, digits, '_', '-' or '.', a letter first.");
        Require(DictionaryRef.IsVersion(version), "'version' is 1 to 64 letters, digits, '_', '-', '.' or '+', such as 1.0.");
        Require(!root.TryGetProperty("foreignKeys", out _), "'foreignKeys' are not understood here: a dictionary is about one table.");
        var variables = Fields(root);
        Require(variables.Count is > 0 and <= DataDictionary.MaxVariables, $"'fields' lists 1 to {DataDictionary.MaxVariables} variables.");
        foreach (var twice in variables.GroupBy(v => v.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Skip(1).Any()))
            problems.Add($"'fields' has '{twice.Key}' twice; letters' case does not make a difference.");
        var read = new DataDictionary
        {
            Ref = new DictionaryRef(name, version, digest),
            Title = Text(root, "title"),
            Variables = variables,
            MissingValues = MissingCodes.Read(root, "", problems) ?? [],
        };
        return problems.Count == 0 ? read : throw new DictionaryException(problems);
    }

    private List<Variable> Fields(JsonElement root)
    {
        if (!root.TryGetProperty("fields", out var fields) || fields.ValueKind != JsonValueKind.Array)
        {
            problems.Add("'fields' is missing: the list of its variables.");
            return [];
        }

        return [.. fields.EnumerateArray().Select((field, i) => Field(field, $"fields[{i}]")).OfType<Variable>()];
    }

    private Variable? Field(JsonElement field, string path)
    {
        if (field.ValueKind != JsonValueKind.Object || Text(field, "name") is not { } name || name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            problems.Add($"'{path}' is an object with a 'name' of 1 to {LongestName} characters.");
            return null;
        }

        path = $"{path} ({name})";
        foreach (var member in WordsOnly.Where(member => field.TryGetProperty(member, out var said) && said.ValueKind != JsonValueKind.String))
            problems.Add($"'{path}.{member}' is a text.");
        if (VariableTypes.Find(Text(field, "type") ?? "string") is not { } type)
        {
            problems.Add($"'{path}.type' is one of {VariableTypes.Names}.");
            return null;
        }

        Require(Text(field, "format") is null or "default", $"'{path}.format' is default: how a site writes it is for the site's mapping to say.");
        var unit = Text(field, "unit");
        Require(unit is null || (unit.Length is > 0 and <= 40 && unit.All(c => c is > ' ' and < '\x7f')), $"'{path}.unit' is a UCUM code of 1 to 40 ASCII characters, such as mmol/L.");
        Require(unit is null || type is VariableType.Number or VariableType.Integer, $"'{path}.unit' is of numbers only.");
        var variable = new Variable(name, type)
        {
            Title = Text(field, "title"),
            Description = Text(field, "description"),
            Unit = unit,
            MissingValues = MissingCodes.Read(field, path, problems),
        };
        return new ConstraintReader(path, problems).Read(field, variable);
    }

    private static string? Text(JsonElement of, string member) =>
        of.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Require(bool holds, string sentence)
    {
        if (!holds)
            problems.Add(sentence);
    }
}
