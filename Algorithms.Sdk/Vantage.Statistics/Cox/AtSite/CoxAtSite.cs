using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Statistics.Models.Frames;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox.AtSite;

/// <summary>The rounds over the event times of all sites.</summary>
internal static class CoxAtSite
{
    public static Design DesignOf(SurvivalSpec spec) => Design.Of(spec.Parsed().Model, spec.Levels).WithoutIntercept();

    public static async Task<CoxTimesPartial> TimesAsync(SurvivalStep step, ITable table, CancellationToken cancellationToken)
    {
        var design = DesignOf(step.Model);
        var sums = new DoubleDouble[design.Columns.Count + 1];
        var indicators = new bool[design.Columns.Count];
        Array.Fill(indicators, true);
        var strata = new SortedDictionary<int, CellCounts>();
        var rows = 0L;
        await foreach (var row in step.Model.Rows(table).ReadAsync(design, cancellationToken))
        {
            rows++;
            if (!strata.TryGetValue(row.Stratum, out var counts))
                strata.Add(row.Stratum, counts = new());
            counts.Add(row.Start, row.Stop, row.IsEvent, 1);
            var x = row.Values.Span;
            for (var i = 0; i < x.Length; i++)
            {
                sums[i] += x[i];
                indicators[i] &= x[i] is -1 or 0 or 1;
            }

            sums[^1] += row.Offset;
        }

        return new(
            rows,
            [.. strata.Values.SelectMany(s => s.Times).Distinct().Order()],
            [.. strata.Where(s => s.Value.Events > 0).Select(s => EventsOf(s.Key, s.Value))],
            sums.All(s => s.IsFinite) ? ExactSums.Of(sums) : throw TooLarge(table),
            indicators);
    }

    public static async Task<CoxPartial> ComputeAsync(CoxStep step, ITable table, CancellationToken cancellationToken)
    {
        var design = DesignOf(step.Model);
        var reader = new CoxRows(design.Columns.Count, step.Coefficients, step.Centre);
        var sets = step.Strata.ToDictionary(s => s.Stratum, s => new RiskSets(design.Columns.Count, s.Times, s.Tied));
        double[]? cuts = step.Cuts is null ? null : [.. step.Cuts];
        var rows = 0L;
        await foreach (var row in step.Model.Rows(table).ReadAsync(design, cancellationToken))
        {
            rows++;
            reader.Read(row);
            if (sets.TryGetValue(row.Stratum, out var set))
            {
                set.Add(
                    TimeTies.Snap(cuts, row.Start), TimeTies.Snap(cuts, row.Stop), reader.Values, reader.Risk, row.IsEvent);
            }
        }

        var totals = step.Strata.Select(s => sets[s.Stratum].Total()).ToList();
        if (reader.Dying.All(s => s.IsFinite) && totals.All(t => t.AtRisk.Concat(t.Dying).All(s => s.IsFinite)))
            return new(rows, ExactSums.Of(reader.Dying), [.. totals.Select(t => new RiskSetSums(ExactSums.Of(t.AtRisk), ExactSums.Of(t.Dying)))]);
        if (Enumerable.Range(0, design.Columns.Count).All(i => step.Coefficients[i].High == 0))
            throw TooLarge(table);
        return new(rows, ExactSums.Zeros(reader.Dying.Length), [.. totals.Select(t => new RiskSetSums(
            ExactSums.Zeros(t.AtRisk.Length), ExactSums.Zeros(t.Dying.Length)))]) { IsBeyond = true };
    }

    public static DataInvalidException TooLarge(ITable table) => new(
        $"Columns of '{table.Label}' hold values that are too large, or too far from the others, for sums of exponentials in"
        + " double precision. Look for outliers, or take the logarithm of the column; or a column orders the events without error.");

    private static StratumEvents EventsOf(int stratum, CellCounts counts)
    {
        var events = counts.Points().Where(p => p.Events > 0).ToList();
        return new(stratum, [.. events.Select(p => p.Time)], [.. events.Select(p => (long)p.Events)]);
    }
}
