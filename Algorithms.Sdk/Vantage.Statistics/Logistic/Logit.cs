namespace Vantage.Statistics.Logistic;

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
        return own > 0 ? -LogOnePlus(Math.Exp(-own)) : own - LogOnePlus(Math.Exp(own));
    }

    /// <summary>log(1 + x): Kahan's way, since the framework's forms the sum first.</summary>
    private static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }
}
