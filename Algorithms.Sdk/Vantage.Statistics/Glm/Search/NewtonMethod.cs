using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Glm.Search;

/// <summary>
/// Iteratively reweighted least squares as R's <c>glm</c> does them, seen as Newton's method: a pure fold over the
/// rounds. A step that makes the fit worse, or leaves what the family allows, is halved.
/// </summary>
/// <param name="width">How many columns.</param>
/// <param name="family">Of the outcome.</param>
/// <param name="intercept">Whether the first column is one.</param>
/// <param name="rule">When to stop.</param>
internal sealed class NewtonMethod(int width, Family family, bool intercept, StoppingRule rule)
{
    /// <summary>R's for <c>glm</c> by default: a thousandth of epsilon.</summary>
    private const double RankTolerance = 1e-11;

    /// <summary>Of sums with 15 digits, less is what rounding left.</summary>
    private const double RoundedRankTolerance = 1e-6;

    /// <summary>Less is rounding.</summary>
    private const double Worse = 1e-9;

    /// <summary>Up to this multiple of the deviance before, a step may be one that R's search goes on from.</summary>
    private const double ALittle = 2;
    private const int MostRises = 3;

    private readonly Iterate iterate = new(width);
    private double previous = double.PositiveInfinity;
    private int rises;
    private Ground ground = Ground.Untried;

    private enum Ground
    {
        Untried,
        Fallback,
        Firm,
    }

    public int Iterations { get; private set; }

    /// <summary>The columns that earlier ones do not determine; empty before the first round.</summary>
    public IReadOnlyList<int> Kept { get; private set; } = [];

    /// <summary>
    /// Of the last step, for the covariance: at the coefficients before it, as R has it. That differs from the
    /// information at the last coefficients by no more than the tolerance lets pass.
    /// </summary>
    public NormalEquations? Equations { get; private set; }

    /// <summary>The sums of squares of the columns at the start, by which steps in different units compare.</summary>
    public SymmetricMatrix? Start { get; private set; }

    /// <summary>The search over all rows, where this one leaves out those that are separated.</summary>
    public NewtonMethod? Before { get; private init; }

    /// <summary>The same from its start, for the rows that are not separated.</summary>
    public NewtonMethod WithoutSeparated() => new(width, family, intercept, rule) { Before = Before ?? this };

    public ExactSums? Coefficients => Equations is null ? null : ExactSums.Of([.. iterate.Coefficients]);

    public IReadOnlyList<double>? Direction => Equations is null ? null : [.. iterate.Step.Select(s => s.ToDouble())];

    public double Value(int i) => iterate.Coefficients[i].ToDouble();

    /// <summary>Takes a round's answer and moves on.</summary>
    public NewtonOutcome Take(GlmState state)
    {
        if (Start is null)
        {
            Start = state.Information;
            Kept = NormalEquations.Factorise(Start, Enumerable.Range(0, width), rule.IsRounded ? RoundedRankTolerance : RankTolerance).Kept;
            Advance(state);
            return NewtonOutcome.Continues;
        }

        if (state.Impossible)
            return StepBack(state);
        ground = Ground.Firm;
        if (!state.Wrong)
            return NewtonOutcome.Separated;
        if (state is { Along: true, Against: false })
            return NewtonOutcome.PartlySeparated;
        if (IsStepTooLong(state.Deviance) && Iterations < rule.MaxIterations)
        {
            Halve();
            return NewtonOutcome.Continues;
        }

        if (Math.Abs(state.Deviance - previous) < rule.Tolerance * (Math.Abs(state.Deviance) + 0.1))
            return NewtonOutcome.Found;
        if (Iterations >= rule.MaxIterations || !Advance(state))
            return NewtonOutcome.GaveUp;
        previous = state.Deviance;
        return NewtonOutcome.Continues;
    }

    /// <summary>A step that makes the fit a little worse is taken a few times, as R does always, and the search then ends where R's does.</summary>
    private bool IsStepTooLong(double deviance) =>
        deviance > previous + (Worse * (previous + 0.1)) && (deviance > previous * ALittle || ++rises > MostRises);

    /// <summary>
    /// Back towards where all rows had a mean. Before any step had, that is the mean alone, of which R does not think: it
    /// asks for starting values.
    /// </summary>
    private NewtonOutcome StepBack(GlmState state)
    {
        if (Iterations >= rule.MaxIterations || (ground != Ground.Firm && (ground == Ground.Fallback || !intercept)))
            return NewtonOutcome.Impossible;
        if (ground == Ground.Firm)
        {
            Halve();
            return NewtonOutcome.Continues;
        }

        ground = Ground.Fallback;
        iterate.Reset(family.Predictor(state.Outcome / state.Weights));
        return NewtonOutcome.Continues;
    }

    /// <returns>False where the means lie so close to their ends that no step leads on, as where an offset drives them there.</returns>
    private bool Advance(GlmState state)
    {
        Iterations++;
        Equations = NormalEquations.Factorise(state.Information, Kept, 0);
        var solved = Equations.Solve(state.Score);
        if (!solved.All(s => s.IsFinite))
            return false;
        iterate.Advance(Equations.Kept, solved);
        return true;
    }

    private void Halve()
    {
        Iterations++;
        iterate.Halve();
    }
}

/// <param name="Tolerance">R's <c>epsilon</c>.</param>
/// <param name="MaxIterations">R's <c>maxit</c>.</param>
internal sealed record StoppingRule(double Tolerance, int MaxIterations)
{
    /// <summary>Whether sums come with 15 digits only.</summary>
    public bool IsRounded { get; init; }
}

internal enum NewtonOutcome
{
    Continues,
    Found,
    GaveUp,

    /// <summary>No step leads to coefficients at which every row has a mean.</summary>
    Impossible,

    /// <summary>The coefficients tell the outcome apart without error.</summary>
    Separated,

    /// <summary>The last step moves some rows to their own side and none to the other, and so would any larger one.</summary>
    PartlySeparated,
}
