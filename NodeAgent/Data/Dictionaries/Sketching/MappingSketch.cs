using System.Text;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Sketching;

/// <summary>
/// A mapping to begin with, by what columns and variables are called and nothing else. A name is no meaning: what a variable
/// expects stands above it, for a person who knows the data.
/// </summary>
/// <param name="Found">Of the variables, those for which a column of that name is there.</param>
/// <param name="Unused">Columns that nothing is made of.</param>
/// <param name="Yaml">The file.</param>
internal sealed record MappingSketch(int Found, IReadOnlyList<string> Unused, string Yaml)
{
    public static MappingSketch Of(DataDictionary dictionary, string source, IReadOnlyList<string> columns)
    {
        var byName = columns.GroupBy(Folded, StringComparer.Ordinal).Where(same => same.Key.Length > 0).ToDictionary(same => same.Key, same => same.ToList(), StringComparer.Ordinal);
        var chosen = dictionary.Variables.ToDictionary(variable => variable.Name, variable => Choose(variable.Name, columns, byName), StringComparer.Ordinal);
        var unused = columns.Except(chosen.Values.OfType<string>(), StringComparer.Ordinal).ToList();
        var text = new StringBuilder($"# How the columns of '{OneLine(source)}' become the variables of dictionary {dictionary.Ref.Words}: to begin with, by their names alone.\n")
            .Append("# Compare meaning, unit and codes of each. docs/dictionary.md has what may stand here: column, levels, unit, factor, format, as.\n")
            .Append(unused.Count == 0 ? "" : $"# Columns that nothing is made of: {string.Join(", ", unused.Select(OneLine))}\n")
            .Append("variables:\n");
        foreach (var variable in dictionary.Variables)
        {
            var column = chosen[variable.Name];
            var near = column is null ? NearestName.Find(variable.Name, unused) : null;
            text.Append($"  # {(variable.Title is { } title ? $"{OneLine(title)}: " : "")}{OneLine(variable.Expected)}{(variable.Required ? "; required" : "")}\n")
                .Append($"  {Quoted(variable.Name)}: {Written(column)}{(near is null ? "" : $"   # is it {OneLine(near)}?")}\n");
        }

        return new(chosen.Values.Count(column => column is not null), unused, text.ToString());
    }

    /// <summary>The column of the same name, or the only one that differs from it in case and signs alone.</summary>
    private static string? Choose(string variable, IReadOnlyList<string> columns, Dictionary<string, List<string>> byName) =>
        columns.Contains(variable, StringComparer.Ordinal) ? variable
        : byName.GetValueOrDefault(Folded(variable)) is [var only] ? only
        : null;

    private static string Folded(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>'absent' alone says that there is no such column.</summary>
    private static string Written(string? column) => column is null ? "absent" : column == "absent" ? "{ column: 'absent' }" : Quoted(column);

    private static string Quoted(string text) => $"'{OneLine(text).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
