using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Models.Agreeing;

/// <summary>
/// The levels of each factor over all sites: texts by their code points, as R sorts them in the C locale, numbers by
/// their value; the reference first.
/// </summary>
internal static class AgreedLevels
{
    public static Dictionary<string, IReadOnlyList<string>> Of(
        ModelQuestion question, IReadOnlyList<string> texts, IReadOnlyList<SiteValue<FramePartial>> frames)
    {
        var factors = question.Formula.Variables.Prepend(question.Formula.Outcome)
            .Where(v => IsFactor(v, texts)).DistinctBy(v => v.Label).ToList();
        ThrowIfNoFactor(question, factors);
        return factors.ToDictionary(
            f => f.Label, f => Ordered(question, f, texts, frames), StringComparer.Ordinal);
    }

    public static IReadOnlyList<string> Sorted(IEnumerable<string> levels, bool areNumbers) => areNumbers
        ? [.. levels.Distinct(StringComparer.Ordinal).OrderBy(LevelIndex.NumberOf).ThenBy(l => l, StringComparer.Ordinal)]
        : [.. levels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static bool IsFactor(Variable variable, IReadOnlyList<string> texts) => variable switch
    {
        FactorVariable => true,
        ColumnVariable c => texts.Contains(c.Column),
        _ => false,
    };

    private static IReadOnlyList<string> Ordered(
        ModelQuestion question, Variable factor, IReadOnlyList<string> texts, IReadOnlyList<SiteValue<FramePartial>> frames)
    {
        var column = factor.Columns.First();
        var levels = Sorted(
            frames.SelectMany(f => f.Value.Levels.GetValueOrDefault(factor.Label) ?? []), !texts.Contains(column));
        if (levels.Count > LevelIndex.Most)
            throw new DataInvalidException($"'{factor.Label}' has more than {LevelIndex.Most} levels over all sites.");
        var isOutcome = factor.Label == question.Formula.Outcome.Label;
        if (isOutcome ? levels.Count != 2 : levels.Count < 2)
        {
            throw new DataInvalidException(
                $"'{factor.Label}' has {(levels.Count == 1 ? "one level" : $"{levels.Count} levels")} in the complete rows of"
                + $" all sites: {string.Join(", ", levels.Take(10).Select(l => $"'{l}'"))}{(levels.Count > 10 ? ", …" : "")}. "
                + (isOutcome ? "The outcome of a logistic model has two." : "A factor needs at least two: leave it out of the formula."));
        }

        var reference = (factor as FactorVariable)?.Reference
            ?? question.Reference?.GetValueOrDefault(column);
        if (reference is null)
            return levels;
        return levels.Contains(reference)
            ? [reference, .. levels.Where(l => l != reference)]
            : throw new ArgumentsInvalidException(
                factor is FactorVariable { Reference: not null } ? "formula" : "reference",
                $"'{factor.Label}' has no level '{reference}' at any site. It has: {string.Join(", ", levels.Take(50))}.");
    }

    private static void ThrowIfNoFactor(ModelQuestion question, List<Variable> factors)
    {
        var unused = question.Reference?.Keys.FirstOrDefault(c => !factors.Any(f => f.Columns.Contains(c)));
        if (unused is not null)
        {
            throw new ArgumentsInvalidException(
                "reference", $"'{unused}' is not a factor of this model, so it has no level to compare with. Numbers become a"
                + $" factor by factor({ExpressionText.Name(unused)}).");
        }
    }
}
