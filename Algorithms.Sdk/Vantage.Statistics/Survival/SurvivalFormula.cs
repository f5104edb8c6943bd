using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Survival;

/// <summary>
/// A formula whose outcome is a time: <c>Surv(time, status) ~ x + strata(s)</c>, or <c>Surv(start, stop, status)</c> where
/// rows are watched from a later time on.
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Model">
/// Its variables are those of the terms, followed by status, start and strata, which no term names: so that a frame reads
/// all of them, and a row counts only if none is missing. Its outcome is the time.
/// </param>
/// <param name="Start">The time from which a row is watched; null for zero.</param>
/// <param name="Status">Whether the time ended with the event.</param>
/// <param name="Event">The level of the status that is the event, where the formula says so.</param>
/// <param name="Strata">What is compared within its levels only.</param>
internal sealed record SurvivalFormula(
    string Text,
    Formula Model,
    NumberedVariable? Start,
    NumberedVariable Status,
    string? Event,
    IReadOnlyList<NumberedVariable> Strata)
{
    /// <summary>How many of the model's variables belong to terms.</summary>
    public int TermVariables => Status.Place;

    public IEnumerable<Variable> Explaining => Model.Variables.Take(TermVariables);

    /// <summary>Of a model: the terms explain by their coefficients.</summary>
    /// <exception cref="ArgumentsInvalidException">The formula has a fault.</exception>
    public static SurvivalFormula Parse(string text) => SurvivalReader.Read(text, grouping: false);

    /// <summary>Of curves and tests: each combination of the levels of the terms is a group.</summary>
    /// <exception cref="ArgumentsInvalidException">The formula has a fault.</exception>
    public static SurvivalFormula ParseGroups(string text) => SurvivalReader.Read(text, grouping: true);
}

/// <param name="Place">Among the variables of the model.</param>
internal sealed record NumberedVariable(int Place, Variable Variable);
