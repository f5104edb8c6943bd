using System.Globalization;
using Vantage.NodeAgent.Data.Csv.Dates;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Reading;

/// <summary><c>variables:</c> of a mapping: a line for each variable that is not the column of its name.</summary>
internal static class VariablesReading
{
    /// <param name="variables">Null where nothing is said.</param>
    /// <param name="dictionary">Null where it can't be read, so that only the mapping itself is looked at.</param>
    public static IReadOnlyList<VariableMapping> Read(YamlSection? variables, DataDictionary? dictionary) =>
        variables is null ? [] : [.. variables.Keys.ToList().Select(name => One(variables, name, dictionary))];

    private static VariableMapping One(YamlSection variables, string name, DataDictionary? dictionary)
    {
        var variable = dictionary?.Find(name);
        if (dictionary is not null && variable is null)
        {
            var near = NearestName.Find(name, dictionary.Variables.Select(v => v.Name)) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            variables.Problem(name, $"Dictionary {dictionary.Ref.Words} has no variable '{name}'.{near}");
        }

        if (!variables.IsSection(name))
        {
            // A word alone is the column, and 'absent' the one word that is none.
            return variables.Text(name) switch
            {
                "absent" => new VariableMapping(name) { IsAbsent = true },
                var column => new VariableMapping(name) { Column = column },
            };
        }

        var section = variables.Section(name)!;
        var said = new VariableMapping(name)
        {
            Column = section.Text("column"), As = section.Text("as"), Unit = section.Text("unit"), Format = Format(section),
            Factor = Number(section, "factor"), Offset = Number(section, "offset"), Levels = Levels(section),
        };
        section.Done();
        VariableRules.Check(section, said, variable);
        return said;
    }

    /// <summary>As dates of CSV are declared, or as DuckDB writes it.</summary>
    private static string? Format(YamlSection section) => section.Text("format") is not { } text ? null
        : DateForm.Find(text) is null ? text
        : text.ToLowerInvariant().Replace("dd", "%d", StringComparison.Ordinal).Replace("mm", "%m", StringComparison.Ordinal).Replace("yyyy", "%Y", StringComparison.Ordinal);

    private static double? Number(YamlSection section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && (key != "factor" || number != 0))
        {
            return number;
        }

        section.Problem(key, $"'{key}' is a finite number{(key == "factor" ? ", and not 0" : "")}.");
        return null;
    }

    private static IReadOnlyList<(string From, string? To)> Levels(YamlSection section) =>
        section.Section("levels") is { } levels ? [.. levels.Keys.ToList().Select(from => (from, levels.Text(from)))] : [];
}
