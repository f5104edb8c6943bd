using Vantage.Statistics.Distributions;

namespace Vantage.Statistics.Meta;

/// <summary>
/// Puts estimates of one quantity together: by inverse variances, and with a variance τ² between sites by DerSimonian and Laird
/// (Controlled Clinical Trials 1986) or by restricted maximum likelihood. What it answers is what <c>rma</c> of R's package
/// metafor answers.
/// </summary>
internal sealed class Pooling(IReadOnlyList<(double Estimate, double Variance)> sites, double confidenceLevel)
{
    private const int MostSteps = 1000;

    private readonly double quantile = Tails.NormalQuantile(1 - confidenceLevel);

    private int Freedom => sites.Count - 1;

    public Heterogeneity Heterogeneity()
    {
        var q = Q();
        return new(q, Freedom, Freedom > 0 ? Tails.ChiSquared(q, Freedom) : null, Freedom > 0 && q > 0 ? 100 * Math.Max(0, (q - Freedom) / q) : null);
    }

    public PooledEstimate Fixed() => Estimate(0, null, null);

    public PooledEstimate DerSimonianLaird()
    {
        var (w, _, p, _) = Sums(0);
        var tau2 = Freedom > 0 ? Math.Max(0, (Q() - Freedom) / p) : 0;
        return Estimate(tau2, Error(), Share(tau2));

        // As metafor: Var(Q) by the true variances, over the square of what divides Q (Biggerstaff, Tweedie 1997).
        double? Error()
        {
            if (Freedom == 0)
                return null;
            var squares = sites.Sum(s => 1 / (s.Variance * s.Variance));
            var cubes = sites.Sum(s => 1 / (s.Variance * s.Variance * s.Variance));
            var spread = (2 * Freedom) + (4 * tau2 * p)
                + (2 * tau2 * tau2 * (squares - (2 * cubes / w) + (squares * squares / (w * w))));
            return Math.Sqrt(spread) / p;
        }
    }

    /// <summary>Fisher's scoring from Hedges' estimate, as metafor's, down to rounding.</summary>
    public PooledEstimate Reml()
    {
        var mean = sites.Average(s => s.Estimate);
        var tau2 = Freedom == 0 ? 0 : Math.Max(
            0, (sites.Sum(s => Math.Pow(s.Estimate - mean, 2)) / Freedom) - sites.Average(s => s.Variance));
        for (var i = 0; i < MostSteps && Freedom > 0; i++)
        {
            var (_, _, p, pp) = Sums(tau2);
            var step = (Residual(tau2) - p) / pp;
            var next = Math.Max(0, tau2 + step);
            var isStill = Math.Abs(next - tau2) <= 1e-15 * tau2;
            tau2 = next;
            if (isStill)
                break;
        }

        return Estimate(tau2, Freedom > 0 ? Math.Sqrt(2 / Sums(tau2).PP) : null, Share(tau2));
    }

    /// <summary>Σw, the mean, tr(P) and tr(PP) for the weights 1/(v + τ²).</summary>
    private (double Weight, double Mean, double P, double PP) Sums(double tau2)
    {
        var (w, wy, w2, w3) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (estimate, variance) in sites)
        {
            var own = 1 / (variance + tau2);
            w += own;
            wy += own * estimate;
            w2 += own * own;
            w3 += own * own * own;
        }

        return (w, wy / w, w - (w2 / w), w2 - (2 * w3 / w) + (w2 * w2 / (w * w)));
    }

    /// <summary>y'PPy.</summary>
    private double Residual(double tau2)
    {
        var mean = Sums(tau2).Mean;
        return sites.Sum(s => Math.Pow((s.Estimate - mean) / (s.Variance + tau2), 2));
    }

    private double Q()
    {
        var mean = Sums(0).Mean;
        return sites.Sum(s => (s.Estimate - mean) * (s.Estimate - mean) / s.Variance);
    }

    /// <summary>I² by the typical variance within sites (Higgins, Thompson 2002).</summary>
    private double? Share(double tau2) =>
        Freedom == 0 ? null : 100 * tau2 / (tau2 + (Freedom / Sums(0).P));

    private PooledEstimate Estimate(double tau2, double? tau2Error, double? share)
    {
        var (weight, mean, _, _) = Sums(tau2);
        var error = Math.Sqrt(1 / weight);
        var reach = quantile * Math.Sqrt((1 / weight) + tau2);
        return new(
            mean,
            error,
            mean / error,
            Tails.Normal(mean / error),
            [mean - (quantile * error), mean + (quantile * error)],
            tau2,
            tau2Error,
            share,
            share is null ? null : [mean - reach, mean + reach]);
    }
}
