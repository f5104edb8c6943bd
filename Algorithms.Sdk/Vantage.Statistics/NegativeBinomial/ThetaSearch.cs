using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.NegativeBinomial;

/// <param name="Value">θ; infinite where the counts vary no more than Poisson's.</param>
/// <param name="StandardError">Null where the likelihood has no curvature there.</param>
internal sealed record ThetaFound(double Value, double? StandardError)
{
    public static ThetaFound Infinite { get; } = new(double.PositiveInfinity, null);
}

/// <summary>From the Poisson model on: the maximum of the likelihood in coefficients and θ, then MASS's last steps to it.</summary>
internal static class ThetaSearch
{
    private const int MostRounds = 200;
    private const int MostLastRounds = 100;

    private const double StillTheta = 1e-12;

    /// <summary><c>theta.ml</c> stops at the fourth root of the smallest double, and takes the error from the step before.</summary>
    private const double StepOfMass = 1.220703125e-4;
    private const int RoundsOfMass = 25;

    /// <summary>Where its last step is large beside a small θ, MASS stops so far from the likeliest; farther off, it went astray.</summary>
    private const double StrayOfMass = 1e-3;

    public static async Task<(GlmFound Found, ThetaFound? Theta)> RunAsync(
        GlmRounds rounds, GlmFound poisson, StoppingRule rule, CancellationToken cancellationToken)
    {
        var family = new NegativeBinomialLog(1);
        var limit = poisson with { Family = family };
        if (poisson.Outcome != NewtonOutcome.Found)
            return (limit, null);
        if (poisson.State.Extra(PoissonLog.Excess) <= 0)
            return (limit, ThetaFound.Infinite);

        var climb = new ThetaClimb(poisson, poisson.State.Weights / poisson.State.Extra(PoissonLog.Moment));
        var taken = 0;
        var isFound = false;
        for (; taken < Math.Min(MostRounds, 8 * rule.MaxIterations) && !isFound; taken++)
            isFound = climb.Take(await AskAsync(rounds, climb.Theta, climb.Coefficients, poisson.Null, cancellationToken));
        var theta = await LikeMassAsync(rounds, climb, poisson.Null, cancellationToken);

        var (found, last) = await SettleAsync(rounds, poisson, climb, theta, cancellationToken);
        return (found with
        {
            Outcome = isFound ? NewtonOutcome.Found : NewtonOutcome.GaveUp,
            Iterations = poisson.Iterations + taken,
        }, last);
    }

    /// <summary>
    /// The coefficients at MASS's θ, which stops short of the likeliest by up to 1e-8; as they move, what it stops short of
    /// moves by as much as a Newton step from it does.
    /// </summary>
    private static async Task<(GlmFound Found, ThetaFound Theta)> SettleAsync(
        GlmRounds rounds, GlmFound poisson, ThetaClimb climb, ThetaFound theta, CancellationToken cancellationToken)
    {
        var nullModel = poisson.Null.Again();
        double? rest = null;
        for (var i = 0; ; i++)
        {
            var (coefficients, family) = (climb.Coefficients, new NegativeBinomialLog(theta.Value));
            var state = await AskAsync(rounds, theta.Value, coefficients, nullModel, cancellationToken);
            nullModel.Take(state, family, isFirst: false);
            var now = state.Extra(NegativeBinomialLog.Score) / state.Extra(NegativeBinomialLog.Curvature);
            rest ??= now;
            var moved = double.IsFinite(now - rest.Value) ? now - rest.Value : 0;
            var stands = climb.Settle(state) && Math.Abs(moved) <= StillTheta * theta.Value;
            if ((nullModel.IsFound && stands) || i == MostLastRounds)
            {
                var equations = NormalEquations.Factorise(state.Information, poisson.Equations.Kept, 0);
                return (
                    poisson with { Family = family, State = state, Null = nullModel, Equations = equations, Coefficients = coefficients },
                    theta);
            }

            theta = theta with { Value = theta.Value + moved };
        }
    }

    /// <summary>
    /// MASS's <c>theta.ml</c> at the coefficients that were found. θ is the same to 1e-11; the standard error is that of the
    /// step before the last, and so only the same steps give the same.
    /// </summary>
    private static async Task<ThetaFound> LikeMassAsync(
        GlmRounds rounds, ThetaClimb climb, NullModel nullModel, CancellationToken cancellationToken)
    {
        var here = await AskAsync(rounds, climb.Theta, climb.Coefficients, nullModel, cancellationToken);
        var own = Of(climb.Theta, here.Extra(NegativeBinomialLog.Curvature));
        var theta = here.Weights / here.Extra(NegativeBinomialLog.Moment);
        for (var i = 1; i < RoundsOfMass && theta is > 0 and <= 1e15; i++)
        {
            var state = await AskAsync(rounds, theta, climb.Coefficients, nullModel, cancellationToken);
            var curvature = state.Extra(NegativeBinomialLog.Curvature);
            var step = state.Extra(NegativeBinomialLog.Score) / curvature;
            theta += step;
            if (Math.Abs(step) <= StepOfMass)
                return Math.Abs(theta - own.Value) <= StrayOfMass * own.Value ? Of(theta, curvature) : own;
            theta = Math.Abs(theta);
        }

        return own;
    }

    private static ThetaFound Of(double theta, double curvature) => new(theta, curvature > 0 ? 1 / Math.Sqrt(curvature) : null);

    private static Task<GlmState> AskAsync(
        GlmRounds rounds, double theta, ExactSums coefficients, NullModel nullModel, CancellationToken cancellationToken) =>
        rounds.AskAsync(new NegativeBinomialLog(theta), theta, coefficients, null, nullModel, cancellationToken);
}
