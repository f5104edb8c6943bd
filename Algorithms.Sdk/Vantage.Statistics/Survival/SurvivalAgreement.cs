using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Survival;

/// <summary>What the sites agreed on in the first round.</summary>
/// <param name="Question">What was asked for.</param>
/// <param name="Spec">For the next rounds.</param>
/// <param name="Sites">Complete and incomplete rows of each.</param>
/// <param name="TellsTimes">Whether all sites tell exact times.</param>
/// <param name="Horizon">After which no time lies.</param>
/// <param name="Notes">What sites held back so far.</param>
internal sealed record AgreedSurvival(
    SurvivalQuestion Question,
    SurvivalSpec Spec,
    IReadOnlyList<SiteRows> Sites,
    bool TellsTimes,
    double Horizon,
    IReadOnlyList<string> Notes)
{
    public long Rows => Sites.Sum(s => s.Rows);

    public long LeftOut => Sites.Sum(s => s.LeftOut);

    public Combinations Strata => new(Question.Formula.Strata.Select(s => s.Variable), Spec.Levels);

    public Combinations Groups => new(Question.Groups ? Question.Formula.Explaining : [], Spec.Levels);

    /// <summary>The levels of the factors that explain.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Levels => Question.Formula.Explaining
        .Where(v => Spec.Levels.ContainsKey(v.Label)).DistinctBy(v => v.Label).ToDictionary(v => v.Label, v => Spec.Levels[v.Label]);
}

/// <summary>The first round: types, levels and complete rows of all sites.</summary>
internal static class SurvivalAgreement
{
    public static async Task<AgreedSurvival> ReachAsync(
        IFederation federation, Algorithm algorithm, SurvivalQuestion question, CancellationToken cancellationToken)
    {
        var arguments = new SurvivalFrameArguments(question.Formula.Text, question.Columns, question.Groups);
        var answers = await AskAsync(arguments);
        var mixed = ColumnTypes.Mixed(question.Columns, [.. answers.Select(a => a.Value.Columns)])
            .Intersect(ModelColumns.Factors(question.Formula.Model, null)).ToList();
        return Combine(question, mixed.Count > 0 ? await AskAsync(arguments with { Texts = mixed }) : answers);

        async Task<IReadOnlyList<SiteValue<SurvivalFramePartial>>> AskAsync(SurvivalFrameArguments asked) =>
            (await federation.RunAsync(algorithm, SurvivalFrame.Partial, asked, cancellationToken)).All();
    }

    public static AgreedSurvival Combine(SurvivalQuestion question, IReadOnlyList<SiteValue<SurvivalFramePartial>> answers)
    {
        IReadOnlyList<SiteValue<FramePartial>> frames = [.. answers.Select(a => new SiteValue<FramePartial>(
            a.Site, new(a.Value.Rows, a.Value.Suppressed.Count > 0 ? Math.Max(1, a.Value.LeftOut) : a.Value.LeftOut, a.Value.Columns, a.Value.Levels)))];
        foreach (var frame in frames)
            FrameCheck.ThrowIfImpossible(frame, question.Columns);
        if (answers.FirstOrDefault(a => a.Value.Span is { } s && !(s.Count == 2 && s[0] <= s[1] && double.IsFinite(s[1] - s[0]))) is { } odd)
            throw FrameCheck.Impossible(odd.Site, "its times lie between no two numbers");
        if (frames.Sum(f => f.Value.Rows) == 0)
        {
            throw new DataInvalidException("No site has a row without a missing value in the columns "
                + string.Join(", ", question.Columns) + ", or none that its disclosure rules let it speak of: there is nothing to compute with.");
        }

        var formula = question.Formula;
        var texts = ColumnTypes.Texts(question.Columns, [.. frames.Select(f => (f.Site, f.Value.Columns))]);
        var levels = question.Groups
            ? formula.Explaining.ToDictionary(v => v.Label, Sorted)
            : AgreedLevels.Of(Covariates(question), texts, frames);
        foreach (var variable in formula.Strata.Append(formula.Status).Select(v => v.Variable))
            levels[variable.Label] = Sorted(variable);
        return new(
            question,
            new(formula.Text, question.Groups, texts, levels, EventCoding.Of(formula, levels[formula.Status.Variable.Label])),
            [.. frames.Select(f => new SiteRows(f.Site, f.Value.Rows, f.Value.LeftOut))],
            answers.All(a => a.Value.TellsTimes || a.Value.Rows == 0 && a.Value.Suppressed.Count == 0),
            answers.Select(a => a.Value.Span is { Count: 2 } span ? span[1] : 0).Max(),
            [.. answers.SelectMany(a => a.Value.Suppressed.Select(s => s.Note(a.Site)))]);

        IReadOnlyList<string> Sorted(Variable factor)
        {
            var sorted = AgreedLevels.Sorted(
                frames.SelectMany(f => f.Value.Levels.GetValueOrDefault(factor.Label) ?? []), !texts.Contains(factor.Columns.First()));
            return sorted.Count <= LevelIndex.Most
                ? sorted
                : throw new DataInvalidException($"'{factor.Label}' has more than {LevelIndex.Most} levels over all sites.");
        }
    }

    /// <summary>The part of the formula that has coefficients, whose factors need two levels.</summary>
    private static ModelQuestion Covariates(SurvivalQuestion question) => new(
        question.Formula.Model with { Variables = [.. question.Formula.Explaining] }, null, question.Reference, Binary: false);
}
