using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Cox.AtSite;

/// <summary>
/// Counts pairs at one site: one of them has the event while the other is at risk and stays so. From the last time to the first,
/// those at risk lie in a tree of counts by their predictor's rank.
/// </summary>
internal static class ConcordantPairs
{
    public static async Task<ConcordancePartial> ComputeAsync(
        CoxWithinStep step, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var design = CoxAtSite.DesignOf(step.Model);
        var reader = new CoxRows(design.Columns.Count, step.Coefficients, new double[design.Columns.Count + 1]);
        var rows = new List<Row>();
        await foreach (var row in step.Model.Rows(table).ReadAsync(design, cancellationToken))
        {
            reader.Read(row);
            rows.Add(new(row.Stratum, row.Start, row.Stop, row.IsEvent, reader.Predictor));
        }

        var events = rows.Count(r => r.IsEvent);
        if (await CoxRules.AgainstAsync(rules, step, table, rows.Count, events, cancellationToken) is not null)
            return new(0, 0, 0, 0);
        var cuts = Survival.TimeTies.Cuts(rows.SelectMany(r => new[] { r.Start, r.Stop }).Where(double.IsFinite));
        var (concordant, discordant, tied) = (0L, 0L, 0L);
        foreach (var stratum in rows.GroupBy(r => r.Stratum))
        {
            var pairs = Count([.. stratum.Select(r => r with
            {
                Start = Survival.TimeTies.Snap(cuts, r.Start), Stop = Survival.TimeTies.Snap(cuts, r.Stop),
            })]);
            (concordant, discordant, tied) = (concordant + pairs.Concordant, discordant + pairs.Discordant, tied + pairs.Tied);
        }

        return new(Survival.SurvivalRules.Told(rules, rows.Count), concordant, discordant, tied);
    }

    private static (long Concordant, long Discordant, long Tied) Count(Row[] rows)
    {
        double[] ranks = [.. rows.Select(r => r.Predictor).Distinct().Order()];
        var tree = new RankCounts(ranks.Length);
        var leaving = rows.Where(r => double.IsFinite(r.Start)).OrderByDescending(r => r.Start).ToArray();
        var (concordant, discordant, tied, left) = (0L, 0L, 0L, 0);
        foreach (var time in rows.GroupBy(r => r.Stop).OrderByDescending(g => g.Key))
        {
            for (; left < leaving.Length && leaving[left].Start >= time.Key; left++)
                tree.Add(Rank(leaving[left]), -1);
            foreach (var row in time.Where(r => !r.IsEvent))
                tree.Add(Rank(row), 1);
            foreach (var row in time.Where(r => r.IsEvent))
            {
                var (below, up) = (tree.Below(Rank(row)), tree.Below(Rank(row) + 1));
                concordant += below;
                tied += up - below;
                discordant += tree.Below(ranks.Length) - up;
            }

            foreach (var row in time.Where(r => r.IsEvent))
                tree.Add(Rank(row), 1);
        }

        return (concordant, discordant, tied);

        int Rank(Row row) => Array.BinarySearch(ranks, row.Predictor);
    }

    private readonly record struct Row(int Stratum, double Start, double Stop, bool IsEvent, double Predictor);
}
