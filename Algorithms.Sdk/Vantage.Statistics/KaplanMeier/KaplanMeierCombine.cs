using Vantage.Algorithms.Federations;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.KaplanMeier;

/// <summary>Makes the curves of what the sites count.</summary>
internal static class KaplanMeierCombine
{
    public static KaplanMeierResult Combine(
        AgreedSurvival model, KaplanMeierArguments arguments, IReadOnlyList<SiteValue<TimeCountsPartial>> partials)
    {
        var (strata, groups) = (model.Strata, model.Groups);
        foreach (var partial in partials)
            TimeCountsCheck.ThrowIfImpossible(partial, model, strata.Count * groups.Count);
        var told = partials.SelectMany(p => p.Value.Cells).ToLookup(c => c.Cell);
        var cuts = TimeTies.Cuts(told.SelectMany(c => c).SelectMany(c => c.Times.Concat(c.EntryTimes ?? [])));
        var curves = new List<SurvivalCurve>();
        var at = new List<SurvivalAtTime>();
        foreach (var cell in told.OrderBy(c => c.Key))
        {
            var counts = CellCounts.Of(cell, cuts);
            var curve = ProductLimit.Curve(
                NameOf(strata, groups, cell.Key), counts.Rows, counts.Events, counts.Points(), arguments.ConfidenceLevel, arguments.ConfidenceType);
            curves.Add(curve);
            at.AddRange((arguments.Times ?? []).Select(t => At(curve, t, counts.AtRisk(t))));
        }

        return new()
        {
            Formula = model.Question.Formula.Text,
            Sites = model.Sites,
            Rows = model.Rows,
            LeftOut = model.LeftOut,
            ConfidenceLevel = arguments.ConfidenceLevel,
            ConfidenceType = arguments.ConfidenceType,
            Curves = curves,
            At = at,
            Grid = null,
            Notes = model.Notes,
        };
    }

    public static string NameOf(Combinations strata, Combinations groups, int cell) => string.Join(
        ", ", new[] { groups.Name(cell % groups.Count), strata.Name(cell / groups.Count) }.Where(n => n.Length > 0));

    private static SurvivalAtTime At(SurvivalCurve curve, double time, long atRisk)
    {
        var place = TimeTies.LastUpTo([.. curve.Times], time);
        if (place < 0)
            return new(curve.Group, time, atRisk, 1, 0, 1, 1);
        return time > curve.Times[^1]
            ? new(curve.Group, time, atRisk, null, null, null, null)
            : new(curve.Group, time, atRisk, curve.Survival[place], curve.StandardErrors[place], curve.Lower[place], curve.Upper[place]);
    }
}
