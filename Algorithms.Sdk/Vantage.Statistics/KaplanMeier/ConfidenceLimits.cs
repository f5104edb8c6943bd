namespace Vantage.Statistics.KaplanMeier;

/// <summary>Limits of a survival probability by Greenwood's error, as R's <c>survfit</c> has them.</summary>
internal static class ConfidenceLimits
{
    public static IReadOnlyList<string> Types { get; } = ["log", "log-log", "plain"];

    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="survival">S.</param>
    /// <param name="error">Of log S.</param>
    /// <param name="reach">How many errors the interval reaches.</param>
    /// <returns>NaN where there is none.</returns>
    public static (double Lower, double Upper) Of(string type, double survival, double error, double reach)
    {
        var log = Math.Log(survival);
        switch (type)
        {
            case "plain":
                var width = error * survival * reach;
                return (Math.Max(survival - width, 0), Math.Min(survival + width, 1));
            case "log":
                return survival == 0
                    ? (double.NaN, double.NaN)
                    : (Math.Exp(log - (reach * error)), Math.Min(Math.Exp(log + (reach * error)), 1));
            default:
                if (survival is 0 or 1)
                    return (double.NaN, double.NaN);
                var scaled = reach * error / log;
                var at = Math.Log(-log);
                return (Math.Exp(-Math.Exp(at - scaled)), Math.Exp(-Math.Exp(at + scaled)));
        }
    }
}
