using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Cox.AtSite;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox.Rounds;

/// <summary>One baseline hazard for all sites: they share their event times, and add up over those at risk at each.</summary>
internal sealed class RoundsOverSites : CoxRounds
{
    /// <summary>Numbers that a site returns in a round.</summary>
    private const long Most = 1_000_000;

    private readonly IReadOnlyList<EventTimes> strata;
    private readonly double[]? cuts;
    private readonly double[] centre;
    private IReadOnlyList<double[]> hazards = [];
    private double meanOffset;

    private RoundsOverSites(
        IFederation federation, AgreedSurvival model, string ties, IReadOnlyList<EventTimes> strata, double[]? cuts, double[] centre)
        : base(federation, model, ties)
    {
        (this.strata, this.cuts, this.centre) = (strata, cuts, centre);
        Events = strata.Sum(s => s.Events.Sum());
    }

    public static async Task<RoundsOverSites> BeginAsync(
        IFederation federation, AgreedSurvival model, int width, string ties, CancellationToken cancellationToken)
    {
        var step = new SurvivalStep(model.Question.Columns, model.Spec);
        var partials = (await federation.RunAsync(CoxModel.Algorithm, CoxModel.Times, step, cancellationToken)).All();
        foreach (var partial in partials)
            CoxCheck.ThrowIfImpossible(partial, model, width);
        var same = TimeTies.Cuts(partials.SelectMany(p => p.Value.Times));
        var merged = EventTimes.Merge(partials.SelectMany(p => p.Value.Strata), same, ties);
        ThrowIfNoEvents(merged.Sum(s => s.Events.Sum()));
        var numbers = merged.Sum(s => (long)s.Events.Count + s.Times.Tied.Count) * RiskSets.SizeOf(width);
        if (numbers > Most)
        {
            throw new DataInvalidException($"Each site would return {numbers} numbers in every round, and {Most} is the most. Round"
                + " the times, leave terms out, or ask with \"stratifyBySite\": true, for which no event times are shared.");
        }

        double[] means = [.. ExactSums.Add(partials.Select(p => p.Value.Sums)).Select(sum => (sum / model.Rows).ToDouble())];
        double[] middle = [.. means.Take(width).Select((mean, i) => partials.All(p => p.Value.Indicators[i]) ? 0 : mean)];
        return new(federation, model, ties, merged, same, middle) { meanOffset = means[^1] };
    }

    public override async Task<PartialLikelihood> EvaluateAsync(ExactSums coefficients, CancellationToken cancellationToken)
    {
        var step = new CoxStep(Model.Question.Columns, Model.Spec, centre, coefficients, cuts, [.. strata.Select(s => s.Times)]);
        var partials = (await Federation.RunAsync(CoxModel.Algorithm, CoxModel.Partial, step, cancellationToken)).All();
        foreach (var partial in partials)
            CoxCheck.ThrowIfImpossible(partial, Model, centre.Length, strata);
        var likelihood = new PartialLikelihood(centre.Length);
        hazards = EventTimes.Evaluate(likelihood, centre.Length, strata, [.. partials.Select(p => p.Value)]);
        return likelihood;
    }

    public override async Task<CoxEnd> EndAsync(ExactSums coefficients, CancellationToken cancellationToken) =>
        new(Rows, Events, Notes, await ConcordanceAsync(coefficients, cancellationToken), Baseline(), centre);

    private IReadOnlyList<BaselineHazard> Baseline() => [.. strata.Zip(hazards, (stratum, hazard) => new BaselineHazard(
        Model.Strata.Name(stratum.Times.Stratum), stratum.Times.Times, Cumulative(hazard)))];

    /// <summary>For a row with the mean offset, as R has it.</summary>
    private double[] Cumulative(double[] steps)
    {
        var sum = 0.0;
        return Array.ConvertAll(steps, s => sum += s * Math.Exp(meanOffset));
    }
}
