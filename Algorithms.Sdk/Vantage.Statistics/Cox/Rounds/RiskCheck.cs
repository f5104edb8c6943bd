using Vantage.Statistics.Cox.AtSite;

namespace Vantage.Statistics.Cox.Rounds;

/// <summary>Notices sums over those at risk that no rows can give.</summary>
internal static class RiskCheck
{
    /// <summary>What rounding leaves of the largest sum, where nobody is at risk any more.</summary>
    private const double Rounding = 1e-12;

    private const double Slack = 1 + 1e-9;

    /// <summary>Risks so small have fewer digits than their products.</summary>
    private const double Least = 1e-200;

    /// <param name="sums">One after the other for each time.</param>
    /// <param name="tied">The places of the times at which several die.</param>
    /// <param name="width">Columns of the model.</param>
    /// <param name="isFalling">Whether nobody comes to be at risk later than at the beginning.</param>
    public static bool IsPossible(RiskSetSums sums, IReadOnlyList<int> tied, int width, bool isFalling)
    {
        var size = RiskSets.SizeOf(width);
        var largest = sums.AtRisk.Values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        if (largest < Least)
            return sums.AtRisk.Values.Concat(sums.Dying.Values).All(s => Math.Abs(s) < Least);
        var slack = Rounding * largest;
        double[] atRisk = [.. sums.AtRisk.Values], dying = [.. sums.Dying.Values];
        for (var at = 0; at < atRisk.Length; at += size)
        {
            if (!AreProducts(atRisk.AsSpan(at, size), width, slack)
                || (isFalling && at > 0 && !IsPart(atRisk.AsSpan(at, size), atRisk.AsSpan(at - size, size), width, slack)))
            {
                return false;
            }
        }

        for (var i = 0; i < tied.Count; i++)
        {
            var own = dying.AsSpan(i * size, size);
            if (!AreProducts(own, width, slack) || !IsPart(own, atRisk.AsSpan(tied[i] * size, size), width, slack))
                return false;
        }

        return true;
    }

    /// <summary>Σ r, Σ r·x and Σ r·x·x' are the sums of products of (1, x): no square is negative, no product larger than its squares allow.</summary>
    private static bool AreProducts(ReadOnlySpan<double> sums, int width, double slack)
    {
        for (var i = 0; i <= width; i++)
        {
            var own = sums[Diagonal(i, width)];
            if (own < -slack)
                return false;
            for (var j = i + 1; j <= width; j++)
            {
                var most = Math.Sqrt(Math.Max(own, 0)) * Math.Sqrt(Math.Max(sums[Diagonal(j, width)], 0));
                if (Math.Abs(sums[Diagonal(i, width) + j - i]) > (most * Slack) + slack)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Some of these rows have no larger squares than all of them.</summary>
    private static bool IsPart(ReadOnlySpan<double> part, ReadOnlySpan<double> all, int width, double slack)
    {
        for (var i = 0; i <= width; i++)
        {
            if (part[Diagonal(i, width)] > (all[Diagonal(i, width)] * Slack) + slack)
                return false;
        }

        return true;
    }

    /// <summary>Where row i of the upper triangle of a matrix of width + 1 begins.</summary>
    private static int Diagonal(int i, int width) => (i * (width + 1)) - (i * (i - 1) / 2);
}
