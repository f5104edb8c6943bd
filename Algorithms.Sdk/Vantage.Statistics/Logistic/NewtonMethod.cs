using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Logistic;

/// <summary>
/// Iteratively reweighted least squares as R's <c>glm</c> does them, seen as Newton's method: a pure fold over the
/// rounds. A step that makes the fit worse is halved.
/// </summary>
internal sealed class NewtonMethod(int width, double tolerance, int maxIterations, NullModel nullModel)
{
    /// <summary>R's for <c>glm</c> by default: a thousandth of epsilon.</summary>
    private const double RankTolerance = 1e-11;

    /// <summary>Less is rounding.</summary>
    private const double Worse = 1e-9;

    private readonly DoubleDouble[] coefficients = new DoubleDouble[width];
    private DoubleDouble[] step = new DoubleDouble[width];
    private double previous = double.PositiveInfinity;

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

    public NullModel Null => nullModel;

    /// <summary>The search over all rows, where this one leaves out those that are separated.</summary>
    public NewtonMethod? Before { get; private init; }

    /// <summary>The same from its start, for the rows that are not separated.</summary>
    public NewtonMethod WithoutSeparated() => new(width, tolerance, maxIterations, nullModel) { Before = Before ?? this };

    public ExactSums? Coefficients => Equations is null ? null : ExactSums.Of(coefficients);

    public IReadOnlyList<double>? Direction => Equations is null ? null : [.. step.Select(s => s.ToDouble())];

    public double Value(int i) => coefficients[i].ToDouble();

    /// <summary>Takes a round's answer and moves on.</summary>
    public NewtonOutcome Take(LogisticState state)
    {
        var isFirst = Start is null;
        Null.Take(state, isFirst);
        if (isFirst)
        {
            Start = state.Information;
            Kept = NormalEquations.Factorise(Start, Enumerable.Range(0, width), RankTolerance).Kept;
        }
        else if (state.Wrong == 0)
        {
            return NewtonOutcome.Separated;
        }
        else if (state is { Along: > 0, Against: 0 })
        {
            return NewtonOutcome.PartlySeparated;
        }
        else if (state.Deviance > previous + (Worse * (previous + 0.1)) && Iterations < maxIterations)
        {
            Halve();
            return NewtonOutcome.Continues;
        }
        else if (Math.Abs(state.Deviance - previous) < tolerance * (Math.Abs(state.Deviance) + 0.1) && Null.IsFound)
        {
            return NewtonOutcome.Found;
        }
        else if (Iterations >= maxIterations)
        {
            return NewtonOutcome.GaveUp;
        }

        Advance(state);
        previous = isFirst ? double.PositiveInfinity : state.Deviance;
        return NewtonOutcome.Continues;
    }

    private void Advance(LogisticState state)
    {
        Iterations++;
        Equations = NormalEquations.Factorise(state.Information, Kept, 0);
        var solved = Equations.Solve(state.Score);
        step = new DoubleDouble[width];
        for (var i = 0; i < solved.Length; i++)
        {
            step[Equations.Kept[i]] = solved[i];
            coefficients[Equations.Kept[i]] += solved[i];
        }
    }

    private void Halve()
    {
        Iterations++;
        for (var i = 0; i < width; i++)
        {
            step[i] = step[i] * 0.5;
            coefficients[i] -= step[i];
        }
    }
}

internal enum NewtonOutcome
{
    Continues,
    Found,
    GaveUp,

    /// <summary>The coefficients tell the outcome apart without error.</summary>
    Separated,

    /// <summary>The last step moves some rows to their own side and none to the other, and so would any larger one.</summary>
    PartlySeparated,
}
