using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox.Rounds;

/// <summary>How a federation evaluates the partial likelihood.</summary>
internal abstract class CoxRounds(IFederation federation, AgreedSurvival model, string ties)
{
    /// <summary>Rows with the event; known after the first evaluation.</summary>
    public long Events { get; protected set; }

    /// <summary>Rows that take part.</summary>
    public long Rows { get; protected set; } = model.Rows;

    /// <summary>What sites held back.</summary>
    public IReadOnlyList<string> Notes { get; protected set; } = model.Notes;

    protected IFederation Federation => federation;

    protected AgreedSurvival Model => model;

    protected string Ties => ties;

    public abstract Task<PartialLikelihood> EvaluateAsync(ExactSums coefficients, CancellationToken cancellationToken);

    public abstract Task<CoxEnd> EndAsync(ExactSums coefficients, CancellationToken cancellationToken);

    protected static void ThrowIfNoEvents(long events)
    {
        if (events == 0)
            throw new DataInvalidException("No complete row of any site has the event: there is nothing to explain.");
    }

    protected async Task<ConcordancePartial> ConcordanceAsync(ExactSums coefficients, CancellationToken cancellationToken)
    {
        var step = new CoxWithinStep(model.Question.Columns, model.Spec, ties, coefficients);
        var partials = (await federation.RunAsync(CoxModel.Algorithm, CoxModel.Concordance, step, cancellationToken)).All();
        foreach (var partial in partials)
            CoxCheck.ThrowIfImpossible(partial, model);
        return new(
            partials.Sum(p => p.Value.Rows), partials.Sum(p => p.Value.Concordant), partials.Sum(p => p.Value.Discordant), partials.Sum(p => p.Value.Tied));
    }
}
