using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Glm.Search;

/// <summary>How a search ended.</summary>
/// <param name="Family">Of the outcome.</param>
/// <param name="State">The sums at the last coefficients.</param>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Null">The model without columns.</param>
internal sealed record GlmFound(Family Family, GlmState State, NewtonOutcome Outcome, NullModel Null)
{
    /// <summary>The columns that earlier ones do not determine over all rows.</summary>
    public required IReadOnlyList<int> Kept { get; init; }

    /// <summary>For the covariance of those that are finite.</summary>
    public required NormalEquations Equations { get; init; }

    public required ExactSums Coefficients { get; init; }

    /// <summary>Columns whose coefficients separated rows drive to infinity.</summary>
    public required IReadOnlyList<int> Infinite { get; init; }

    /// <summary>Directions were left out, along which these are infinite.</summary>
    public required bool IsPartlySeparated { get; init; }

    public required int Iterations { get; init; }

    public static GlmFound Of(Family family, NewtonMethod newton, GlmState state, NewtonOutcome outcome, NullModel nullModel)
    {
        var kept = (newton.Before ?? newton).Kept;
        return new(family, state, outcome, nullModel)
        {
            Kept = kept,
            Equations = newton.Equations!,
            Coefficients = newton.Coefficients!,
            Infinite = outcome == NewtonOutcome.Separated ? kept
                : newton.Before is null ? []
                : Undetermined.Of(newton.Start!, kept, newton.Kept),
            IsPartlySeparated = newton.Before is not null,
            Iterations = newton.Iterations + (newton.Before?.Iterations ?? 0),
        };
    }
}
