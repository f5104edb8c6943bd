using Vantage.Statistics.Distributions;
using Saddle = Vantage.Statistics.Distributions.Deviance;

namespace Vantage.Statistics.Glm.Families;

/// <summary>Positive numbers whose variance is a multiple of μ².</summary>
internal abstract class GammaFamily : Family
{
    /// <summary>The place of Σ w·log y.</summary>
    public const int LogOutcome = 0;

    /// <summary>Null where there is none of that name.</summary>
    public static GammaFamily? Of(string? link) => link switch
    {
        "inverse" => GammaInverse.Instance,
        "log" => GammaLog.Instance,
        _ => null,
    };

    public override string Name => "Gamma";

    public override string Law => "above zero";

    public override bool HasDispersion => true;

    public override int FurtherParameters => 1;

    public override int Extras => 1;

    public override bool Takes(double y) => y > 0;

    public override double Deviance(double y, double eta)
    {
        var (mean, excess) = (Mean(eta), (y - Mean(eta)) / Mean(eta));
        // Far below the mean the excess is −1 but for rounding, and the ratio has all its digits.
        return 2 * (excess - (excess > -0.5 ? GammaFunctions.LogOnePlus(excess) : Math.Log(y / mean)));
    }

    /// <summary>The dispersion that it needs is known only once the deviance is.</summary>
    public override double LogLikelihood(double y, double eta, double weight) => 0;

    /// <summary>
    /// With R's dispersion for it, deviance / Σw: of <c>Σ w·log dgamma(y, 1/φ, μφ)</c> all but Σ w·log y then falls together.
    /// </summary>
    public static double? LogLikelihood(GlmState state)
    {
        var shape = state.Weights / state.Deviance;
        return state.Deviance > 0 && double.IsFinite(shape)
            ? (state.Weights * ((Math.Log(shape) / 2) - Saddle.HalfLogTwoPi - Saddle.StirlingError(shape) - 0.5))
                - state.Extra(LogOutcome)
            : null;
    }

    public override int Limit(double y) => 0;

    public override void AddExtras(Numerics.DoubleDouble[] extras, double y, double eta, double weight) =>
        extras[LogOutcome] += weight * Math.Log(y);

    protected abstract double Mean(double eta);
}

/// <summary>By the logarithm of the mean.</summary>
internal sealed class GammaLog : GammaFamily
{
    public static GammaLog Instance { get; } = new();

    public override string Link => "log";

    /// <summary>R begins with μ = y.</summary>
    public override (double Information, double Response) Start(double y, double weight) => (1, Math.Log(y));

    public override bool IsPossible(double eta) => Math.Exp(eta) is > 0 and < double.PositiveInfinity;

    public override double Residual(double y, double eta) => (y - Mean(eta)) / Mean(eta);

    public override double Information(double eta) => 1;

    public override double Predictor(double mean) => Math.Log(mean);

    /// <summary>Σwy·exp(−offset) / Σw is the solution.</summary>
    public override double NullStart(GlmState state)
    {
        var start = Math.Log((state.Sum(GlmSums.NullScore) / state.Weights) + 1);
        return double.IsFinite(start) ? start : base.NullStart(state);
    }

    protected override double Mean(double eta) => Math.Exp(eta);
}

/// <summary>By the inverse of the mean, R's default.</summary>
internal sealed class GammaInverse : GammaFamily
{
    public static GammaInverse Instance { get; } = new();

    public override string Link => "inverse";

    /// <summary>R begins with μ = y.</summary>
    public override (double Information, double Response) Start(double y, double weight) => (y * y, 1 / y);

    public override bool IsPossible(double eta) => eta > 0 && double.IsFinite(1 / eta);

    /// <summary>dμ/dη is −μ², so its sign is that of a step down.</summary>
    public override double Residual(double y, double eta) => Mean(eta) - y;

    public override double Information(double eta) => Mean(eta) * Mean(eta);

    public override double Predictor(double mean) => 1 / mean;

    public override double LongestNullStep => double.PositiveInfinity;

    protected override double Mean(double eta) => 1 / eta;
}
