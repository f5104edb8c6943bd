using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Glm;

/// <summary>The partial: one pass over the rows for each round.</summary>
internal static class GlmAtSite
{
    public static PartialFunction<GlmStep, GlmPartial> Function(string description, Func<GlmStep, Family> family) =>
        Function("partial", description, family);

    /// <param name="name">Of the function.</param>
    /// <param name="description">What it does.</param>
    /// <param name="family">What a step asks for, of what the algorithm has.</param>
    public static PartialFunction<GlmStep, GlmPartial> Function(string name, string description, Func<GlmStep, Family> family) =>
        Algorithms.Functions.Function.Partial(
            name,
            description,
            StatisticsJson.Default.GlmStep,
            StatisticsJson.Default.GlmPartial,
            (context, step, data, cancellationToken) => ComputeAsync(context.Disclosure, step, family(step), data.Single, isOwn: false, cancellationToken));

    /// <param name="rules">The node's.</param>
    /// <param name="step">What is asked.</param>
    /// <param name="family">Of the model.</param>
    /// <param name="table">The rows.</param>
    /// <param name="isOwn">The site itself chose the coefficients, and tells nobody of the round.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<GlmPartial> ComputeAsync(
        DisclosureRules rules, GlmStep step, Family family, ITable table, bool isOwn, CancellationToken cancellationToken)
    {
        if (!rules.IsOff)
            ThrowIfOutcomeExplains(Formula.Parse(step.Model.Formula));
        var model = new SiteModel(step.Model, table, mayHaveUnknown: !rules.IsOff);
        var width = model.Design.Columns.Count;
        if ((step.Coefficients is { } c && !c.ArePossible(width)) || (step.Direction is { } d && d.Count != width)
            || step.Without.Any(w => w.Count != width))
        {
            throw new ArgumentsInvalidException("coefficients", $"the model has {width} coefficients.");
        }

        var round = new GlmRound(width, family, step, isWatched: !rules.IsOff && !isOwn);
        var guard = new ModelGuard(rules, step.Model, model);
        var outcome = Outcome(model.Frame.Outcome);
        var rows = 0L;
        await foreach (var batch in model.Frame.ReadAsync(cancellationToken))
        {
            model.Rows.Fill(batch.Rows);
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!batch.IsComplete[row])
                    continue;
                rows++;
                var weight = batch.Weight(row);
                var y = outcome(row);
                if (!family.Takes(y))
                    throw Refused(model.Frame.Outcome, table, family);
                if (weight == 0)
                    continue;
                guard.Add(model.Rows.Row(row), y, row);
                round.Add(model.Rows.Row(row), y, weight, batch.Offset?[row] ?? 0);
            }
        }

        var numbers = GlmRound.Numbers(width, family);
        var against = guard.Against(rows, round.Used, numbers) ?? (round.Against(rules) is { } rule ? new Suppressed(rule, numbers) : null);
        return against is not null
            ? GlmRound.Withheld(width, family, against)
            : round.Told(rows, isOwn ? DisclosureRules.Off : rules) ?? throw new DataInvalidException(
            $"Columns of '{table.Label}' hold values that are too large for sums of squares in double precision.");
    }

    /// <summary>
    /// Whether any row lies on the wrong side has to be told exactly, or nobody would know of separation. With the outcome in the predictor
    /// that could be asked of the rows with one outcome alone, and be the oldest one's age, if it were asked often enough.
    /// </summary>
    private static void ThrowIfOutcomeExplains(Formula formula)
    {
        if (formula.Variables.Concat(formula.Offsets).SelectMany(v => v.Columns).FirstOrDefault(c => formula.Outcome.Columns.Contains(c)) is { } column)
            throw new ArgumentsInvalidException("formula", $"this site's rules let no outcome explain itself, and '{column}' stands on both sides of '~'.");
    }

    private static Func<int, double> Outcome(Slot outcome) => outcome switch
    {
        NumberSlot number => row => number.Values[row],
        FactorSlot factor => row => factor.Codes[row],
        _ => throw new InvalidOperationException("The hierarchy is closed."),
    };

    private static DataInvalidException Refused(Slot outcome, ITable table, Family family) => new(
        $"'{outcome.Variable.Label}' of '{table.Label}' holds other numbers than a {family.Name} model explains: each"
        + $" is {family.Law}.");
}
