using System.Globalization;
using Vantage.NodeAgent.Data.Dictionaries.Planning;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Reading;

/// <summary><c>dictionary:</c> of a source in node.yaml.</summary>
internal static class MappingReading
{
    /// <summary>Null where the source speaks no dictionary, or what is said can't be understood.</summary>
    public static SourceMapping? Read(YamlSection source, string directory)
    {
        if (source.Section("dictionary") is not { } section)
        {
            return null;
        }

        var file = section.RequiredText("file", "the dictionary, a file of Table Schema relative to the node's directory");
        var dictionary = file.Length == 0 ? null : Open(section, Path.GetFullPath(file, directory));
        var said = new List<VariableMapping>();
        if (section.Section("variables") is { } variables)
        {
            foreach (var name in variables.Keys)
            {
                said.Add(One(variables, name, dictionary));
            }
        }

        section.Done();
        return dictionary is null ? null : new SourceMapping(dictionary, said);
    }

    /// <summary>A file as people name it in a command; throws <see cref="DictionaryException"/>.</summary>
    public static DataDictionary Open(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > DataDictionary.MaxBytes }
                ? throw new DictionaryException([$"it is larger than {DataDictionary.MaxBytes} bytes."])
                : DataDictionary.Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DictionaryException([$"it can't be read ({e.GetType().Name})."]);
        }
    }

    private static DataDictionary? Open(YamlSection section, string path)
    {
        try
        {
            return Open(path);
        }
        catch (DictionaryException e)
        {
            section.Problem("file", $"The dictionary {path}: {e.Message}");
            return null;
        }
    }

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
            Column = section.Text("column"), As = section.Text("as"), Unit = section.Text("unit"), Format = section.Text("format"),
            Factor = Number(section, "factor"), Offset = Number(section, "offset"), Levels = Levels(section),
        };
        section.Done();
        Check(section, said, variable);
        return said;
    }

    private static void Check(YamlSection section, VariableMapping said, Variable? variable)
    {
        if (said.As is { } expression)
        {
            if (said is not { Column: null, Levels: [], Unit: null, Factor: null, Offset: null, Format: null })
            {
                section.Problem("as", "'as' stands alone: what it gives is the dictionary's value, in the dictionary's unit.");
            }

            try
            {
                ExpressionParser.Parse(expression);
            }
            catch (StepsRefused e)
            {
                section.Problem("as", e.Message);
            }
        }

        var isNumber = variable?.Type is VariableType.Number or VariableType.Integer;
        if (variable is not null && !isNumber && (said.Unit ?? (object?)said.Factor ?? said.Offset) is not null)
        {
            section.Problem("unit", $"'{variable.Name}' is no number in the dictionary, so there is no unit to convert.");
        }

        if (said.Format is not null && variable is { Type: not (VariableType.Date or VariableType.Datetime) })
        {
            section.Problem("format", "'format' is of dates and times.");
        }

        if (said.Unit is { } from && said.Factor is null && isNumber && (variable!.Unit is not { } to || Units.Between(from, to) is null))
        {
            section.Problem("unit", variable.Unit is { } wanted ? Units.Absence(from, wanted) : $"'{variable.Name}' has no unit in the dictionary to convert {from} into.");
        }
    }

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
