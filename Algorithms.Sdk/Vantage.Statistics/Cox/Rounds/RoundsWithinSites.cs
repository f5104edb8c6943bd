using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox.Rounds;

/// <summary>Each site is a stratum: its likelihood with the derivatives is all that it tells.</summary>
internal sealed class RoundsWithinSites(IFederation federation, AgreedSurvival model, string ties)
    : CoxRounds(federation, model, ties)
{
    /// <summary>Sites that held back the first round: they take no part in any other.</summary>
    private HashSet<string>? held;

    public override async Task<PartialLikelihood> EvaluateAsync(ExactSums coefficients, CancellationToken cancellationToken)
    {
        var step = new CoxWithinStep(Model.Question.Columns, Model.Spec, Ties, coefficients);
        var partials = (await Federation.RunAsync(CoxModel.Algorithm, CoxModel.Within, step, cancellationToken)).All();
        foreach (var partial in partials)
            CoxCheck.ThrowIfImpossible(partial, Model, coefficients.Values.Count);
        held ??= [.. partials.Where(p => p.Value.Events is null).Select(p => p.Site)];
        if (partials.Where(p => p.Value.Events is null && !held.Contains(p.Site)).Select(p => p.Site).ToList() is [_, ..] left)
            throw new SiteLeftException(left);
        partials = [.. partials.Where(p => !held.Contains(p.Site) || p.Value.Events is null)];
        var told = partials.Where(p => p.Value.Events is not null).Select(p => p.Value).ToList();
        Notes = [.. Model.Notes, .. partials.SelectMany(p => p.Value.Suppressed.Select(s => s.Note(p.Site))).Except(Model.Notes),
            .. Rounded.Notes(partials.Select(p => (p.Site, p.Value.Rounding)), "the estimates are exact, and only numbers of events are rounded")];
        if (told.Count == 0)
        {
            throw new DataInvalidException("No site's disclosure rules let it tell of this model. "
                + string.Join(" ", Notes) + " Ask about more rows, or with fewer terms.");
        }

        Rows = told.Sum(p => p.Rows);
        Events = told.Sum(p => p.Events!.Value);
        ThrowIfNoEvents(Events);
        return new(
            ExactSums.Add(told.Select(p => p.LogLikelihood!))[0],
            ExactSums.Add(told.Select(p => p.Score!)),
            ExactSums.Add(told.Select(p => p.Information!)));
    }

    public override async Task<CoxEnd> EndAsync(ExactSums coefficients, CancellationToken cancellationToken) =>
        new(Rows, Events, Notes, await ConcordanceAsync(coefficients, cancellationToken), null, null);
}
