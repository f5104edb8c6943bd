using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Cox.AtSite;

/// <summary>What of a site's likelihood may leave.</summary>
internal static class CoxRules
{
    /// <summary>
    /// Null, or which rule forbids it: too few rows or events for so many coefficients, or a column with two values of which one
    /// has too few rows, so that the sums would count them.
    /// </summary>
    public static async Task<string?> AgainstAsync(
        DisclosureRules rules, CoxWithinStep step, ITable table, long rows, long events, CancellationToken cancellationToken)
    {
        if (rules.IsOff || rows == 0)
            return null;
        var design = CoxAtSite.DesignOf(step.Model);
        if (rules.AgainstModel(rows, design.Columns.Count) is { } model)
            return model;
        if (!rules.MayShow(events))
            return SuppressionRules.MinimumCell;
        var columns = new TwoValues[design.Columns.Count];
        // At coefficients that somebody chose, the mean over those at risk can be the values of one of them.
        var hazards = new EffectiveRows();
        await foreach (var row in step.Model.Rows(table).ReadAsync(design, cancellationToken))
        {
            var predictor = 0.0;
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i].Add(row.Values.Span[i]);
                predictor += row.Values.Span[i] * step.Coefficients.Values[i];
            }

            hazards.AddExponential(predictor);
        }

        return hazards.AreTooFew(rules) ? SuppressionRules.Dominance : columns.Any(c => c.IsAgainst(rules)) ? SuppressionRules.MinimumCell : null;
    }
}
