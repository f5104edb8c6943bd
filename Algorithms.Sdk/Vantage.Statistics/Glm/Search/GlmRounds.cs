using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Glm.Search;

/// <summary>Asks for one round after the other, and adds up what is answered.</summary>
/// <param name="ask">Whom: the sites, or the one at which this runs.</param>
/// <param name="model">On what they agreed.</param>
/// <param name="link">Of the families that have several.</param>
internal sealed class GlmRounds(
    Func<GlmStep, CancellationToken, Task<IReadOnlyList<SiteValue<GlmPartial>>>> ask, AgreedModel model, string? link)
{
    /// <summary>Directions that separate rows: these do not count any more.</summary>
    private readonly List<IReadOnlyList<double>> without = [];
    private readonly HeldSites<GlmPartial> held = new();

    public GlmRounds(
        IFederation federation, Algorithm algorithm, PartialFunction<GlmStep, GlmPartial> partial, AgreedModel model, string? link)
        : this(
            async (step, cancellationToken) => (await federation.RunAsync(algorithm, partial, step, cancellationToken)).All(),
            model,
            link)
    {
    }

    /// <summary>Without the sites that hold back what it is made of, from the first round on.</summary>
    public AgreedModel Model { get; private set; } = model;

    public int Width => Model.Design.Columns.Count;

    public bool CanLeaveOut => without.Count < Width;

    public void LeaveOut(IReadOnlyList<double> direction) => without.Add(direction);

    /// <summary>Where a site holds back what the search has come to, it begins anew without that site.</summary>
    public async Task<T> SettleAsync<T>(Func<Task<T>> search)
    {
        while (true)
        {
            try
            {
                return await search();
            }
            catch (SiteLeftException)
            {
                without.Clear();
                held.Begin();
            }
        }
    }

    public async Task<GlmState> AskAsync(
        Family family,
        double? theta,
        ExactSums? coefficients,
        IReadOnlyList<double>? direction,
        NullModel nullModel,
        CancellationToken cancellationToken)
    {
        var step = new GlmStep(
            Model.Question.Columns, Model.Spec, coefficients, direction, without, nullModel.Intercept, link, theta);
        var partials = await ask(step, cancellationToken);
        (var told, partials) = Withholding.Without(Model, held.Settle(partials));
        Model = told;
        foreach (var answer in partials)
            GlmCheck.ThrowIfImpossible(answer, family, Model);
        PartialCheck.ThrowIfNothingWeighs(Model, partials.Select(p => p.Value.Used));
        var state = new GlmState([.. partials.Select(p => p.Value)], Width);
        if (!family.Varies(state.Weights, state.Outcome))
        {
            throw new DataInvalidException($"The outcome '{Model.Question.Formula.Outcome.Label}' is the same in all complete"
                + " rows of all sites: there is nothing to explain.");
        }

        return state;
    }
}
