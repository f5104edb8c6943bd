namespace Vantage.Statistics.Roc;

/// <summary>
/// The area under the curve, with the variance of DeLong, DeLong, Clarke-Pearson: Comparing the Areas under Two or More Correlated
/// Receiver Operating Characteristic Curves (1988).
/// </summary>
internal static class Auc
{
    public static (double Auc, double? Error) Of(ScoreBins bins)
    {
        var auc = Area(bins);
        var (positives, negatives) = (bins.Positives, bins.Negatives);
        if (positives < 2 || negatives < 2)
            return (auc, null);
        var (below, above) = (0.0, positives);
        var (with, without) = (0.0, 0.0);
        for (var i = 0; i < bins.Scores.Length; i++)
        {
            above -= bins.With[i];
            with += bins.With[i] * Square(((below + (bins.Without[i] / 2)) / negatives) - auc);
            without += bins.Without[i] * Square(((above + (bins.With[i] / 2)) / positives) - auc);
            below += bins.Without[i];
        }

        return (auc, Math.Sqrt((with / (positives - 1) / positives) + (without / (negatives - 1) / negatives)));
    }

    private static double Area(ScoreBins bins)
    {
        var (sum, below) = (0.0, 0.0);
        for (var i = 0; i < bins.Scores.Length; i++)
        {
            sum += bins.With[i] * (below + (bins.Without[i] / 2));
            below += bins.Without[i];
        }

        return sum / bins.Positives / bins.Negatives;
    }

    private static double Square(double x) => x * x;
}
