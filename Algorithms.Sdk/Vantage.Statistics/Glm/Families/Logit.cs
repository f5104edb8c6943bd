using Vantage.Statistics.Distributions;

namespace Vantage.Statistics.Glm.Families;

/// <summary>The logistic function and its kin, without loss of digits at either end.</summary>
internal static class Logit
{
    /// <summary>y − μ at the linear predictor η.</summary>
    public static double Residual(bool isSuccess, double eta) =>
        isSuccess ? 1 / (1 + Math.Exp(eta)) : -1 / (1 + Math.Exp(-eta));

    /// <summary>μ·(1 − μ).</summary>
    public static double Variance(double eta)
    {
        var e = Math.Exp(-Math.Abs(eta));
        return e / ((1 + e) * (1 + e));
    }

    /// <summary>log P(y).</summary>
    public static double LogProbability(bool isSuccess, double eta)
    {
        var own = isSuccess ? eta : -eta;
        return own > 0 ? -GammaFunctions.LogOnePlus(Math.Exp(-own)) : own - GammaFunctions.LogOnePlus(Math.Exp(own));
    }
}
