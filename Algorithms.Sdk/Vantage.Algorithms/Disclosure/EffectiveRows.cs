using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Disclosure;

/// <summary>
/// How many rows a weighted sum is really about: (Σ|w|)²/Σw², Kish's effective size. Where whoever asks chooses what rows weigh, such as
/// by the coefficients at which a model is evaluated, a sum over thousands of rows can be the number of a single one.
/// </summary>
public struct EffectiveRows
{
    private bool isAny;
    private bool isLost;
    private double largest;
    private double sum;
    private double squares;

    /// <param name="weight">A row's; its size counts, and 0 is none.</param>
    public void Add(double weight)
    {
        if (weight != 0)
            AddExponential(Math.Log(Math.Abs(weight)));
    }

    /// <param name="logarithm">Of a row's weight, which may be too large for a number.</param>
    public void AddExponential(double logarithm)
    {
        if (!double.IsFinite(logarithm))
        {
            isLost |= !double.IsNegativeInfinity(logarithm);
            return;
        }

        // As shares of the largest, so that weights of any size are compared.
        if (!isAny || logarithm > largest)
        {
            var share = isAny ? Math.Exp(largest - logarithm) : 0;
            (isAny, largest, sum, squares) = (true, logarithm, sum * share, squares * share * share);
        }

        var own = Math.Exp(logarithm - largest);
        sum += own;
        squares += own * own;
    }

    /// <summary>Whether these are some rows, and fewer than a number has to be about.</summary>
    /// <param name="rules">The node's.</param>
    public readonly bool AreTooFew(DisclosureRules rules) =>
        !rules.IsOff && (isLost || (isAny && sum * sum < (rules.MinimumCell - 1e-6) * squares));
}
