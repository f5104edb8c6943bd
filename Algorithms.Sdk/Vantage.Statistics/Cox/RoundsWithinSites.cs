using Vantage.Algorithms.Federations;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox;

/// <summary>Each site is a stratum: its likelihood with the derivatives is all that it tells.</summary>
internal sealed class RoundsWithinSites(IFederation federation, AgreedSurvival model, string ties)
    : CoxRounds(federation, model, ties)
{
    public override async Task<PartialLikelihood> EvaluateAsync(ExactSums coefficients, CancellationToken cancellationToken)
    {
        var step = new CoxWithinStep(Model.Question.Columns, Model.Spec, Ties, coefficients);
        var partials = (await Federation.RunAsync(CoxModel.Algorithm, CoxModel.Within, step, cancellationToken)).All();
        foreach (var partial in partials)
            CoxCheck.ThrowIfImpossible(partial, Model, coefficients.Values.Count);
        Events = partials.Sum(p => p.Value.Events);
        ThrowIfNoEvents(Events);
        return new(
            ExactSums.Add(partials.Select(p => p.Value.LogLikelihood))[0],
            ExactSums.Add(partials.Select(p => p.Value.Score)),
            ExactSums.Add(partials.Select(p => p.Value.Information)));
    }

    public override async Task<CoxEnd> EndAsync(ExactSums coefficients, CancellationToken cancellationToken) =>
        new(Events, await ConcordanceAsync(coefficients, cancellationToken), null, null);
}
