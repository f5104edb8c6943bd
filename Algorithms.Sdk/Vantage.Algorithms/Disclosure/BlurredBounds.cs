using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Disclosure;

/// <summary>
/// A range that holds all values and ends at none of them on purpose: both ends are moved outward to round numbers, at most
/// <see cref="MostSteps"/> of which lie between them.
/// </summary>
public static class BlurredBounds
{
    /// <summary>The finest grid that a node lets pass.</summary>
    public const int MostSteps = 20;

    /// <summary>0.009 / 0.001 is not quite 9.</summary>
    private const double Slack = 1e-9;

    /// <summary>Null where the rules forbid it, or there is nothing between the ends to hide in; the exact ends under <c>off</c>.</summary>
    /// <param name="rules">The node's.</param>
    /// <param name="rows">How many values.</param>
    /// <param name="lowest">Of the values.</param>
    /// <param name="highest">Of the values.</param>
    public static double[]? Of(DisclosureRules rules, long rows, double lowest, double highest)
    {
        if (rows == 0 || !rules.MaySpeakOf(rows) || !double.IsFinite(lowest) || !double.IsFinite(highest))
            return null;
        if (rules.IsOff)
            return [lowest, highest];
        if (highest <= lowest)
            return null;
        var power = (int)Math.Ceiling(Math.Log10((highest - lowest) / (MostSteps - 2)));
        // A value that lies on the grid would be told exactly: the end is one step further out than it need be.
        var (low, high) = (Floor(lowest, power), Ceiling(highest, power));
        return [low, high];
    }

    private static double Floor(double value, int power) => Scaled(Math.Ceiling((value / Math.Pow(10, power)) - Slack) - 1, power);

    private static double Ceiling(double value, int power) => Scaled(Math.Floor((value / Math.Pow(10, power)) + Slack) + 1, power);

    /// <summary>Written as a person writes it: 0.3, not 0.30000000000000004.</summary>
    private static double Scaled(double steps, int power) =>
        power >= 0 ? steps * Math.Pow(10, power) : steps / Math.Pow(10, -power);
}
