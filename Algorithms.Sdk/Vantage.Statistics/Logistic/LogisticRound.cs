using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Logistic;

/// <summary>The sums of one round over the rows of a site.</summary>
internal sealed class LogisticRound(int width, LogisticStep step)
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
    private readonly DoubleDouble[] sums = new DoubleDouble[LogisticSums.Count];
    private long used;
    private long wrong;
    private long along;
    private long against;

    public void Add(ReadOnlySpan<double> x, bool isSuccess, double weight, double offset)
    {
        used++;
        sums[LogisticSums.Weights] += weight;
        if (isSuccess)
            sums[LogisticSums.Successes] += weight;
        AddNull(isSuccess, weight, offset + (step.NullIntercept ?? 0));
        foreach (var separating in without)
        {
            if (Math.Abs(Move(x, separating)) > Apart)
                return;
        }

        if (coefficients is not null)
            AddStep(x, isSuccess, weight, offset, coefficients);
        else
            AddStart(x, isSuccess, weight, offset);
    }

    /// <summary>Null where a sum has overflowed.</summary>
    public LogisticPartial? Told(long rows) =>
        information.Total.Concat(score).Concat(sums).All(s => s.IsFinite)
            ? new(
                rows, used, ExactSums.Of(information.Total), ExactSums.Of(score), ExactSums.Of(sums), wrong, along, against)
            : null;

    /// <summary>R begins with μ = (w·y + ½) / (w + 1).</summary>
    private void AddStart(ReadOnlySpan<double> x, bool isSuccess, double weight, double offset)
    {
        var mean = ((isSuccess ? weight : 0) + 0.5) / (weight + 1);
        var variance = mean * (1 - mean);
        var response = Math.Log(mean / (1 - mean)) + (((isSuccess ? 1 : 0) - mean) / variance) - offset;
        information.Add(x, Math.Sqrt(weight * variance));
        AddScore(x, weight * variance * response);
    }

    private void AddStep(ReadOnlySpan<double> x, bool isSuccess, double weight, double offset, DoubleDouble[] at)
    {
        var predictor = DoubleDouble.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] != 0)
                predictor += DoubleDouble.Product(x[i], at[i].High) + (x[i] * at[i].Low);
        }

        var moved = Move(x, direction);
        CountSides(isSuccess ? predictor.High : -predictor.High, isSuccess ? moved : -moved);
        var eta = (predictor + offset).ToDouble();
        var log = Logit.LogProbability(isSuccess, eta);
        sums[LogisticSums.Deviance] += -2 * weight * log;
        sums[LogisticSums.LogLikelihood] += Math.Round(weight) * log;
        information.Add(x, Math.Sqrt(weight * Logit.Variance(eta)));
        AddScore(x, weight * Logit.Residual(isSuccess, eta));
    }

    private void AddScore(ReadOnlySpan<double> x, double residual)
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] != 0)
                score[i] += DoubleDouble.Product(x[i], residual);
        }
    }

    private void AddNull(bool isSuccess, double weight, double eta)
    {
        sums[LogisticSums.NullDeviance] += -2 * weight * Logit.LogProbability(isSuccess, eta);
        sums[LogisticSums.NullScore] += weight * Logit.Residual(isSuccess, eta);
        sums[LogisticSums.NullInformation] += weight * Logit.Variance(eta);
    }

    private static double Move(ReadOnlySpan<double> x, double[] step)
    {
        var moved = 0.0;
        for (var i = 0; i < x.Length; i++)
            moved += x[i] * step[i];
        return moved;
    }

    private void CountSides(double own, double moved)
    {
        if (own <= 0)
            wrong++;
        if (moved > Moved)
            along++;
        if (moved < -Unmoved)
            against++;
    }
}
