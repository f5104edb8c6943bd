using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.NegativeBinomial;

/// <summary>
/// Coefficients and θ climb to the maximum of the likelihood together: Fisher's scoring for the ones and Newton's method
/// for the other, which their information does not couple. A pure fold over the rounds.
/// </summary>
internal sealed class ThetaClimb
{
    /// <summary>A squared step in standard errors, and one of θ in θ: from there the next step is rounding.</summary>
    private const double Still = 1e-20;
    private const double StillTheta = 1e-11;

    /// <summary>Less is rounding.</summary>
    private const double Worse = 1e-9;

    private readonly IReadOnlyList<int> kept;
    private readonly DoubleDouble[] coefficients;
    private readonly DoubleDouble[] step;
    private double thetaStep;
    private double previous = double.NegativeInfinity;

    public ThetaClimb(GlmFound poisson, double theta)
    {
        kept = poisson.Equations.Kept;
        coefficients = [.. poisson.Coefficients.Values.Select((_, i) => poisson.Coefficients[i])];
        step = new DoubleDouble[coefficients.Length];
        Theta = theta;
    }

    public double Theta { get; private set; }

    public ExactSums Coefficients => ExactSums.Of(coefficients);

    /// <summary>Takes a round's answer and moves on; true once nothing moves any more.</summary>
    public bool Take(GlmState state)
    {
        var likelihood = state.Sum(GlmSums.LogLikelihood);
        if (state.Impossible || likelihood < previous - (Worse * (Math.Abs(previous) + 0.1)))
        {
            Halve();
            return false;
        }

        previous = likelihood;
        var decrement = Step(state);
        thetaStep = StepOf(state.Extra(NegativeBinomialLog.Score), state.Extra(NegativeBinomialLog.Curvature));
        Theta += thetaStep;
        return decrement <= Still && Math.Abs(thetaStep) <= StillTheta * Theta;
    }

    /// <summary>Coefficients alone, for a θ that is given; true once they stand still.</summary>
    public bool Settle(GlmState state) => Step(state) <= Still;

    /// <returns>The squared length of the step in standard errors.</returns>
    private double Step(GlmState state)
    {
        var equations = NormalEquations.Factorise(state.Information, kept, 0);
        var solved = equations.Solve(state.Score);
        var length = 0.0;
        for (var i = 0; i < solved.Length; i++)
        {
            var column = equations.Kept[i];
            step[column] = solved[i];
            coefficients[column] += solved[i];
            length += (solved[i] * state.Score(column)).ToDouble();
        }

        return length;
    }

    /// <summary>Where the likelihood is not concave in θ, its side tells the way.</summary>
    private double StepOf(double score, double curvature) => curvature > 0
        ? Math.Clamp(score / curvature, -0.75 * Theta, 3 * Theta)
        : score > 0 ? Theta : -Theta / 2;

    private void Halve()
    {
        for (var i = 0; i < coefficients.Length; i++)
        {
            step[i] = step[i] * 0.5;
            coefficients[i] -= step[i];
        }

        thetaStep /= 2;
        Theta -= thetaStep;
    }
}
