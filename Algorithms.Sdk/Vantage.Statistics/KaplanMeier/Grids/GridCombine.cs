using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.KaplanMeier.Grids;

/// <summary>Makes curves on the grid of what the sites tell.</summary>
internal static class GridCombine
{
    public static KaplanMeierResult Combine(
        AgreedSurvival model, KaplanMeierArguments arguments, double[] edges, IReadOnlyList<SiteValue<GridPartial>> partials)
    {
        var (strata, groups) = (model.Strata, model.Groups);
        var count = strata.Count * groups.Count;
        foreach (var partial in partials)
            ThrowIfImpossible(partial, model, edges, count);
        var fewest = partials.Max(p => p.Value.Fewest);
        var curves = new List<SurvivalCurve>();
        for (var cell = 0; cell < count; cell++)
        {
            var told = partials.Where(p => p.Value.Cells.Count > 0).Select(p => p.Value.Cells[cell]).OfType<GridCell>().ToList();
            if (told.Count == 0)
                continue;
            var name = KaplanMeierCombine.NameOf(strata, groups, cell);
            var points = GridCurve.Points(told, edges, fewest);
            var curve = ProductLimit.Curve(
                name, told.Sum(GridCurve.Rows), told.Sum(t => t.Events.Sum()), points, arguments.ConfidenceLevel, arguments.ConfidenceType);
            curves.Add(curve with { Median = Between.Half(curve, curve.Survival), MedianInterval = Between.Limits(curve) });
        }

        string[] notes = [.. model.Notes.Union(partials.SelectMany(p => p.Value.Suppressed.Select(s => s.Note(p.Site))))];
        if (curves.Count == 0)
        {
            throw new DataInvalidException("No site's disclosure rules let it tell of these groups. "
                + string.Join(" ", notes) + " Ask about more rows, or fewer groups.");
        }

        return new()
        {
            Formula = model.Question.Formula.Text,
            Sites = model.Sites,
            Rows = curves.Sum(c => c.Rows),
            LeftOut = model.LeftOut,
            ConfidenceLevel = arguments.ConfidenceLevel,
            ConfidenceType = arguments.ConfidenceType,
            Grid = edges[0],
            Curves = curves,
            At = [.. curves.SelectMany(c => (arguments.Times ?? []).Select(t => Between.At(c, t)))],
            Notes =
            [
                .. notes,
                $"Exact times did not leave the sites: curves are told every {edges[0]}, and between the ends of the intervals that a site"
                    + " tells, rows are taken to leave at an even rate."
                    + (fewest > 1 ? $" They end where fewer than {fewest} are left." : ""),
                .. Rounded.Notes(partials.Select(p => (p.Site, p.Value.Rounding)), "curves are of the rounded counts"),
            ],
        };
    }

    private static void ThrowIfImpossible(SiteValue<GridPartial> partial, AgreedSurvival model, double[] edges, int cells)
    {
        var value = partial.Value;
        if (value.Fewest < 1)
            throw FrameCheck.Impossible(partial.Site, "its rules speak of fewer than one row");
        if (value.Cells.Count == 0)
        {
            if (value.Suppressed.Count == 0 && model.Sites.Single(s => s.Site == partial.Site).Rows > 0)
                throw FrameCheck.Impossible(partial.Site, "it does not say what it held back");
            return;
        }

        TimeCountsCheck.ThrowIfOtherRows(partial.Site, value.Rows, model);
        if (value.Cells.Count != cells || value.Cells.OfType<GridCell>().Any(c => !IsPossible(c, edges))
            || value.Cells.OfType<GridCell>().Sum(c => c.Rows) > value.Rows)
        {
            throw FrameCheck.Impossible(partial.Site, "its counts do not add up");
        }
    }

    private static bool IsPossible(GridCell c, double[] edges) =>
        c.EventEdges.Count > 0 && c.EventEdges.Count == c.Events.Count && c.CensoredEdges.Count == c.Censored.Count
        && AreOf(c.EventEdges, edges) && AreOf(c.CensoredEdges, edges) && c.Events.Concat(c.Censored).All(n => n >= 0 && n <= 2 * c.Rows)
        && c.FewCensored >= 0 && c.FewCensored <= c.Rows && c.Events.Sum() + c.Censored.Sum() <= 2 * c.Rows;

    private static bool AreOf(IReadOnlyList<double> ends, double[] edges) =>
        ends.All(e => edges.Contains(e)) && ends.Zip(ends.Skip(1)).All(p => p.First < p.Second);
}
