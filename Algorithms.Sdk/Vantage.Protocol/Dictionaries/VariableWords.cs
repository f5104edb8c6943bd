using System.Globalization;
using Vantage.Protocol.Sessions;

namespace Vantage.Protocol.Dictionaries;

/// <summary>What a variable expects, in words.</summary>
internal static class VariableWords
{
    private const int MostLevels = 12;

    public static string Of(Variable variable)
    {
        var kind = variable.Type switch
        {
            VariableType.Number => "a number",
            VariableType.Integer => "a whole number",
            VariableType.Boolean => "true or false",
            VariableType.Date => "a date as 2024-03-01",
            VariableType.Datetime => "a time as 2024-03-01T12:30:00",
            VariableType.Year => "a year",
            _ => "a text",
        };
        return variable.Levels is { } levels
            ? $"one of {string.Join(", ", levels.Take(MostLevels).Select(level => Text(level.Value)))}{(levels.Count > MostLevels ? $" and {levels.Count - MostLevels} more" : "")}"
            : $"{kind}{Range(variable)}{(variable.Pattern is { } pattern ? $" that fits {pattern}" : "")}{(variable.Unit is { } unit ? $" {unit}" : "")}";
    }

    private static string Range(Variable variable) => (variable.Minimum, variable.Maximum) switch
    {
        ({ } from, { } to) => $" from {Text(from)} to {Text(to)}",
        ({ } from, null) => $" of at least {Text(from)}",
        (null, { } to) => $" of at most {Text(to)}",
        _ => "",
    };

    private static string Text(Literal literal) => literal.Text ?? literal.Number.ToString("R", CultureInfo.InvariantCulture);
}
