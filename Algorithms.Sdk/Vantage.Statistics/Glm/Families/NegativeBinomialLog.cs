using Vantage.Statistics.Distributions;

namespace Vantage.Statistics.Glm.Families;

/// <summary>Counts whose variance is μ + μ²/θ, by the logarithm of their mean, as MASS's <c>negative.binomial(theta)</c>.</summary>
internal sealed class NegativeBinomialLog(double theta) : Family
{
    /// <summary>The place of the derivative of the log-likelihood by θ.</summary>
    public const int Score = 0;

    /// <summary>The place of the negative second derivative.</summary>
    public const int Curvature = 1;

    /// <summary>The place of Σ w·(y/μ − 1)².</summary>
    public const int Moment = 2;

    private readonly double logGamma = GammaFunctions.LogGamma(theta);

    public override string Name => "negative binomial";

    public override string Link => "log";

    public override string Law => PoissonLog.Instance.Law;

    public override int FurtherParameters => 1;

    public override int Extras => 3;

    public override bool Takes(double y) => PoissonLog.Instance.Takes(y);

    /// <summary>Never asked for: the search begins where Poisson's ended.</summary>
    public override (double Information, double Response) Start(double y, double weight) => PoissonLog.Instance.Start(y, weight);

    public override bool IsPossible(double eta) => double.IsFinite(Math.Exp(eta));

    public override double Deviance(double y, double eta)
    {
        var mean = Math.Exp(eta);
        var rest = (y + theta) * GammaFunctions.LogOnePlus((y - mean) / (mean + theta));
        return 2 * (y > 0 ? (y * Math.Log(y / mean)) - rest : -rest);
    }

    public override double LogLikelihood(double y, double eta, double weight)
    {
        var mean = Math.Exp(eta);
        var log = GammaFunctions.LogGamma(theta + y) - logGamma - GammaFunctions.LogGamma(y + 1)
            + (y > 0 ? y * Math.Log(mean / (theta + mean)) : 0) - (theta * GammaFunctions.LogOnePlus(mean / theta));
        return weight * log;
    }

    public override double Residual(double y, double eta)
    {
        var mean = Math.Exp(eta);
        return (y - mean) / (1 + (mean / theta));
    }

    public override double Information(double eta)
    {
        var mean = Math.Exp(eta);
        return mean / (1 + (mean / theta));
    }

    public override double Predictor(double mean) => Math.Log(mean);

    public override int Limit(double y) => y == 0 ? -1 : 0;

    public override bool Varies(double weights, double outcome) => outcome > 0;

    public override void AddExtras(Numerics.DoubleDouble[] extras, double y, double eta, double weight)
    {
        var mean = Math.Exp(eta);
        var sum = mean + theta;
        var score = GammaFunctions.DigammaDifference(theta, y) - GammaFunctions.LogOnePlus(mean / theta) + ((mean - y) / sum);
        var curvature = GammaFunctions.TrigammaDifference(theta, y) - (mean / (theta * sum)) + ((mean - y) / (sum * sum));
        extras[Score] += weight * score;
        extras[Curvature] += weight * curvature;
        extras[Moment] += weight * ((y - mean) / mean) * ((y - mean) / mean);
    }
}
