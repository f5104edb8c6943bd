namespace Vantage.Statistics.Ridge;

/// <summary>Whose penalties they are.</summary>
internal static class RidgeScale
{
    public const string Glmnet = "glmnet";
    public const string Mass = "mass";

    /// <summary>
    /// What is added to X'X for a penalty, by the squared scale of each column. R's <c>glmnet</c> divides the loss by Σw and,
    /// since it standardises the outcome of a gaussian model before it looks at the penalty, the penalty by its deviation.
    /// </summary>
    /// <param name="scale">Whose.</param>
    /// <param name="lambda">The penalty.</param>
    /// <param name="weights">Σw.</param>
    /// <param name="deviation">Of the outcome; 1 for a binomial one.</param>
    public static double Factor(string scale, double lambda, double weights, double deviation) =>
        scale == Mass ? lambda : deviation > 0 ? lambda * weights / deviation : 0;
}
