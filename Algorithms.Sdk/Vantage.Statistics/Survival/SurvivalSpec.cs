using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Survival;

/// <summary>What the sites have agreed on: every later round computes with it.</summary>
/// <param name="Formula">In R's notation.</param>
/// <param name="Groups">Whether its terms are groups.</param>
/// <param name="Texts">Which columns are text; all others are numbers.</param>
/// <param name="Levels">The levels of each factor by its label, the reference first; those of status and strata too.</param>
/// <param name="Event">The level of the status that is the event.</param>
public sealed record SurvivalSpec(
    [property: Description("The formula, in R's notation.")] string Formula,
    [property: Description("Whether its terms are groups.")] bool Groups,
    [property: Description("Which columns are read as text.")] IReadOnlyList<string> Texts,
    [property: Description("The levels of each factor, the reference first.")]
    IReadOnlyDictionary<string, IReadOnlyList<string>> Levels,
    [property: Description("The level of the status that is the event.")] string Event)
{
    /// <exception cref="ArgumentsInvalidException">Sites would have to agree on more than is here.</exception>
    internal SurvivalFormula Parsed()
    {
        var formula = SurvivalQuestion.Parse(Formula, Groups);
        Variable[] factors = [formula.Status.Variable, .. formula.Strata.Select(s => s.Variable), .. Groups ? formula.Explaining : []];
        return factors.FirstOrDefault(factor => !Levels.ContainsKey(factor.Label)) is { } lacking
            ? throw new ArgumentsInvalidException("levels", $"those of '{lacking.Label}' are not among them. Sites agree on them in the round before.")
            : formula;
    }

    internal SurvivalRows Rows(ITable table)
    {
        var formula = Parsed();
        return new(formula, new ModelFrame(table, formula.Model, null, [.. Texts], Levels), this);
    }
}
