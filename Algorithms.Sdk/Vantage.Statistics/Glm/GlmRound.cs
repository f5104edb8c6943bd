using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Glm;

/// <summary>The sums of one round over the rows of a site.</summary>
internal sealed class GlmRound(int width, Family family, GlmStep step, bool isWatched)
{
    private readonly DoubleDouble[]? coefficients =
        step.Coefficients is { } c ? [.. Enumerable.Range(0, width).Select(i => c[i])] : null;

    private readonly double[] direction = [.. step.Direction ?? new double[width]];

    /// <summary>
    /// Once a step only separates, it moves a row's predictor by 1 or more where it does, and by rounding where it does not.
    /// </summary>
    private const double Moved = 0.1;
    private const double Unmoved = 1e-6;
    private const double Apart = 1e-3;

    private readonly double[][] without = [.. step.Without.Select(w => w.ToArray())];
    private readonly CrossProducts information = new(width);
    private readonly DoubleDouble[] score = new DoubleDouble[width];
    private readonly DoubleDouble[] sums = new DoubleDouble[GlmSums.Count];
    private readonly DoubleDouble[] extras = new DoubleDouble[family.Extras];
    private readonly RoundWeights weights = new(family, isWatched);
    private long used;
    private bool wrong;
    private long along;
    private bool against;
    private bool impossible;

    public long Used => used;

    /// <summary>Null, or which rule forbids sums of rows that weigh what these do.</summary>
    public string? Against(DisclosureRules rules) => weights.Against(rules, used);

    /// <summary>How many sums there are.</summary>
    public static int Numbers(int width, Family family) =>
        SymmetricMatrix.Length(width) + width + GlmSums.Count + family.Extras;

    public static GlmPartial Withheld(int width, Family family, Suppressed suppressed) => new(
        0, 0, ExactSums.Zeros(SymmetricMatrix.Length(width)), ExactSums.Zeros(width), ExactSums.Zeros(GlmSums.Count),
        ExactSums.Zeros(family.Extras), false, false, false, false, [suppressed]);

    public void Add(ReadOnlySpan<double> x, double y, double weight, double offset)
    {
        used++;
        sums[GlmSums.Weights] += weight;
        sums[GlmSums.Outcome] += DoubleDouble.Product(weight, y);
        AddNull(y, weight, offset + (step.NullIntercept ?? 0));
        foreach (var separating in without)
        {
            if (Math.Abs(Move(x, separating)) > Apart)
                return;
        }

        if (coefficients is not null)
            AddStep(x, y, weight, offset, coefficients);
        else
            AddStart(x, y, weight, offset);
    }

    /// <summary>Null where a sum has overflowed.</summary>
    /// <param name="rows">Complete ones.</param>
    /// <param name="rules">That a row moved along is told of enough of them only: who asks chooses where to.</param>
    public GlmPartial? Told(long rows, DisclosureRules rules) =>
        information.Total.Concat(score).Concat(sums).Concat(extras).All(s => s.IsFinite)
            ? new(
                rows, used, ExactSums.Of(information.Total), ExactSums.Of(score), ExactSums.Of(sums), ExactSums.Of(extras),
                wrong, along >= rules.MinimumCell, against, impossible)
            : null;

    private void AddStart(ReadOnlySpan<double> x, double y, double weight, double offset)
    {
        var (own, response) = family.Start(y, weight);
        weights.AddStart(weight * own);
        information.Add(x, Math.Sqrt(weight * own));
        AddScore(x, weight * own * (response - offset));
    }

    private void AddStep(ReadOnlySpan<double> x, double y, double weight, double offset, DoubleDouble[] at)
    {
        var predictor = DoubleDouble.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] != 0)
                predictor += DoubleDouble.Product(x[i], at[i].High) + (x[i] * at[i].Low);
        }

        var moved = Move(x, direction);
        CountSides(predictor.High, moved, family.Limit(y));
        var eta = (predictor + offset).ToDouble();
        if (!family.IsPossible(eta))
        {
            impossible = true;
            return;
        }

        sums[GlmSums.Deviance] += weight * family.Deviance(y, eta);
        sums[GlmSums.LogLikelihood] += family.LogLikelihood(y, eta, weight);
        weights.Add(weight, eta, family.Residual(y, eta));
        information.Add(x, Math.Sqrt(weight * family.Information(eta)));
        AddScore(x, weight * family.Residual(y, eta));
        family.AddExtras(extras, y, eta, weight);
        AddPearson(y, weight, eta, eta - moved);
    }

    private void AddScore(ReadOnlySpan<double> x, double residual)
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] != 0)
                score[i] += DoubleDouble.Product(x[i], residual);
        }
    }

    private void AddPearson(double y, double weight, double eta, double before)
    {
        if (!family.HasDispersion || !family.IsPossible(before))
            return;
        var working = family.Working(y, eta);
        sums[GlmSums.Pearson] += weight * family.Information(before) * working * working;
    }

    private void AddNull(double y, double weight, double eta)
    {
        var deviance = family.IsPossible(eta) ? weight * family.Deviance(y, eta) : double.NaN;
        if (!double.IsFinite(deviance))
        {
            sums[GlmSums.NullImpossible] = 1;
            return;
        }

        weights.AddNull(weight * family.Information(eta));
        sums[GlmSums.NullDeviance] += deviance;
        sums[GlmSums.NullScore] += weight * family.Residual(y, eta);
        sums[GlmSums.NullInformation] += weight * family.Information(eta);
    }

    private static double Move(ReadOnlySpan<double> x, double[] step)
    {
        var moved = 0.0;
        for (var i = 0; i < x.Length; i++)
            moved += x[i] * step[i];
        return moved;
    }

    private void CountSides(double predictor, double moved, int limit)
    {
        if (!family.IsTwoSided || predictor * limit <= 0)
            wrong = true;
        if (moved * limit > Moved)
            along++;
        if (limit == 0 ? Math.Abs(moved) > Unmoved : moved * limit < -Unmoved)
            against = true;
    }
}
