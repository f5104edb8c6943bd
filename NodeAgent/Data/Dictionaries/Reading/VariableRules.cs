using System.Globalization;
using System.Text.RegularExpressions;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Reading;

/// <summary>What can be seen of a line of a mapping without the data: all of it is told at once, by its place.</summary>
internal static partial class VariableRules
{
    public static void Check(YamlSection section, VariableMapping said, Variable? variable)
    {
        Expression(section, said);
        Levels(section, said, variable);
        Units(section, said, variable);
        if (said.Format is { } format && (variable is { Type: not (VariableType.Date or VariableType.Datetime) } || !Formats().IsMatch(format)))
        {
            section.Problem("format", "'format' is how the site writes a date or time, such as dd.mm.yyyy or '%d.%m.%Y %H:%M'.");
        }
    }

    private static void Expression(YamlSection section, VariableMapping said)
    {
        if (said.As is not { } expression)
        {
            return;
        }

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

    /// <summary>What a value becomes has to be a level: a slip there would make a whole column missing.</summary>
    private static void Levels(YamlSection section, VariableMapping said, Variable? variable)
    {
        if (said.Levels.Any(level => level.From.Length is 0 or > 1000 || level.From.Any(char.IsControl) || level.To?.Any(char.IsControl) == true))
        {
            section.Problem("levels", "'levels' has the site's values and what they mean, texts of up to 1000 characters. What is empty is missing already.");
        }

        foreach (var to in variable is null ? [] : said.Levels.Select(level => level.To).OfType<string>().Distinct().Where(to => !Fits(to, variable)))
        {
            section.Problem("levels", $"'{to}' is no value of '{variable!.Name}', which is {variable.Expected} in the dictionary. '~' makes a value missing.");
        }
    }

    private static bool Fits(string to, Variable variable)
    {
        var isNumber = double.TryParse(to, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        return variable.Levels is { } levels ? levels.Any(level => level.Value.Text is { } text ? text == to : isNumber && level.Value.Number == number)
            : variable.Type == VariableType.Boolean ? to is "true" or "false" || (isNumber && number is 0 or 1)
            : !variable.IsNumeric || isNumber;
    }

    private static void Units(YamlSection section, VariableMapping said, Variable? variable)
    {
        if (said is { Unit: not null, Factor: null, Offset: not null })
        {
            section.Problem("offset", "'offset' goes with 'factor': a 'unit' alone is converted by itself.");
        }

        if (variable is null)
        {
            return;
        }

        if (variable.Type is not (VariableType.Number or VariableType.Integer))
        {
            if ((said.Unit ?? (object?)said.Factor ?? said.Offset) is not null)
            {
                section.Problem("unit", $"'{variable.Name}' is no number in the dictionary, so there is no unit to convert.");
            }
        }
        else if (said is { Unit: { } from, Factor: null } && (variable.Unit is not { } to || Planning.Units.Between(from, to) is null))
        {
            section.Problem("unit", variable.Unit is { } wanted ? Planning.Units.Absence(from, wanted) : $"'{variable.Name}' has no unit in the dictionary to convert {from} into.");
        }
    }

    /// <summary>At least one part of a date, and nothing that DuckDB does not know.</summary>
    [GeneratedRegex("^([^%]|%%)*%-?[aAbBcdfHIjmMnpSuUVwWxXyYzZG]([^%]|%%|%-?[aAbBcdfHIjmMnpSuUVwWxXyYzZG])*$")]
    private static partial Regex Formats();
}
