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
    private readonly double[] means;
    private readonly double[] centre;
    private IReadOnlyList<double[]> hazards = [];
    private ExactSums? evaluated;

    /// <param name="federation">Whom to ask.</param>
    /// <param name="model">On what they agreed.</param>
    /// <param name="ties"><c>efron</c> or <c>breslow</c>.</param>
    /// <param name="strata">Event times of all sites.</param>
    /// <param name="cuts">Times that are the same but for rounding.</param>
    /// <param name="means">Of the columns, and of the offset: sums are about these, whatever is told.</param>
    /// <param name="centre">For which the baseline hazard is told: R's <c>means</c>.</param>
    private RoundsOverSites(
        IFederation federation, AgreedSurvival model, string ties, IReadOnlyList<EventTimes> strata, double[]? cuts, double[] means, double[] centre)
        : base(federation, model, ties)
    {
        (this.strata, this.cuts, this.means, this.centre) = (strata, cuts, means, centre);
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

        double[] mean = [.. ExactSums.Add(partials.Select(p => p.Value.Sums)).Select(sum => (sum / model.Rows).ToDouble())];
        double[] middle = [.. mean.Take(width).Select((m, i) => partials.All(p => p.Value.Indicators[i]) ? 0 : m)];
        return new(federation, model, ties, merged, same, mean, middle);
    }

    public override async Task<PartialLikelihood> EvaluateAsync(ExactSums coefficients, CancellationToken cancellationToken)
    {
        var step = new CoxStep(Model.Question.Columns, Model.Spec, means, coefficients, cuts, [.. strata.Select(s => s.Times)]);
        var partials = (await Federation.RunAsync(CoxModel.Algorithm, CoxModel.Partial, step, cancellationToken)).All();
        foreach (var partial in partials)
            CoxCheck.ThrowIfImpossible(partial, Model, centre.Length, strata);
        if (partials.Any(p => p.Value.IsBeyond))
            return PartialLikelihood.Beyond(centre.Length);
        evaluated = coefficients;
        var likelihood = new PartialLikelihood(centre.Length);
        hazards = EventTimes.Evaluate(likelihood, centre.Length, strata, [.. partials.Select(p => p.Value)]);
        return likelihood;
    }

    public override async Task<CoxEnd> EndAsync(ExactSums coefficients, CancellationToken cancellationToken) =>
        new(Rows, Events, Notes, await ConcordanceAsync(coefficients, cancellationToken), Baseline(), centre);

    /// <summary>None where estimates grew so far that no double holds it.</summary>
    private List<BaselineHazard>? Baseline()
    {
        List<BaselineHazard> all = [.. strata.Zip(hazards, (stratum, hazard) => new BaselineHazard(
            Model.Strata.Name(stratum.Times.Stratum), stratum.Times.Times, Cumulative(hazard)))];
        return all.SelectMany(b => b.Hazard).All(double.IsFinite) ? all : null;
    }

    /// <summary>For a row with the centre's values and the mean offset, as R has it.</summary>
    private double[] Cumulative(double[] steps)
    {
        var risk = Math.Exp(centre.Select((c, i) => evaluated![i].ToDouble() * (c - means[i])).Sum());
        var sum = 0.0;
        return Array.ConvertAll(steps, s => sum += s * risk);
    }
}
