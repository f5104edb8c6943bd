using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm.Families;

namespace Vantage.Statistics.Glm.Search;

/// <summary>Runs rounds until the estimates are found, or it is known why there are none.</summary>
internal static class GlmSearch
{
    /// <summary>Rounds in which only the model without columns is still looked for.</summary>
    private const int MostNullRounds = 100;

    public static Task<GlmFound> RunAsync(GlmRounds rounds, Family family, StoppingRule rule, CancellationToken cancellationToken) =>
        rounds.SettleAsync(() => SearchAsync(rounds, family, rule, cancellationToken));

    private static async Task<GlmFound> SearchAsync(
        GlmRounds rounds, Family family, StoppingRule rule, CancellationToken cancellationToken)
    {
        var formula = rounds.Model.Question.Formula;
        var nullModel = new NullModel(formula.Intercept, formula.Offsets.Count > 0);
        var newton = new NewtonMethod(
            rounds.Width, family, formula.Intercept, rule with { IsRounded = rounds.Model.IsRounded });
        for (var isFirst = true; ; isFirst = false)
        {
            var state = await rounds.AskAsync(
                family, null, newton.Coefficients, newton.Direction, nullModel, cancellationToken);
            nullModel.Take(state, family, isFirst);
            switch (newton.Take(state))
            {
                case NewtonOutcome.Continues:
                    break;
                case NewtonOutcome.PartlySeparated when rounds.CanLeaveOut:
                    rounds.LeaveOut(newton.Direction!);
                    newton = newton.WithoutSeparated();
                    break;
                case NewtonOutcome.Impossible:
                    throw new DataInvalidException(
                        $"No coefficients were found at which a {family.Name} model with link '{family.Link}' has a mean above zero"
                        + " for every row. Choose the link 'log', or fewer columns.");
                case var end:
                    await FindNullAsync(rounds, family, newton, nullModel, cancellationToken);
                    return GlmFound.Of(family, newton, state, end, nullModel);
            }
        }
    }

    private static async Task FindNullAsync(
        GlmRounds rounds, Family family, NewtonMethod newton, NullModel nullModel, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostNullRounds && !nullModel.IsFound; i++)
        {
            var state = await rounds.AskAsync(
                family, null, newton.Coefficients, newton.Direction, nullModel, cancellationToken);
            nullModel.Take(state, family, isFirst: false);
        }
    }
}
