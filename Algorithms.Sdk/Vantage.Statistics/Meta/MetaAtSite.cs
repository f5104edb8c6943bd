using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Models.Frames;
using Vantage.Statistics.NegativeBinomial;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Meta;

/// <summary>A site's own model, by the searches that fit models over sites.</summary>
internal static class MetaAtSite
{
    private const double ConfidenceLevel = 0.95;

    public static async Task<MetaPartial> ComputeAsync(
        DisclosureRules rules, string site, MetaStep step, ITable table, CancellationToken cancellationToken)
    {
        var question = new ModelQuestion(
            Formula.Parse(step.Model.Formula), step.Model.Weights, null, step.Family == "binomial");
        var design = Design.Of(question.Formula, step.Model.Levels);
        return step.Family == "gaussian"
            ? await LinearAsync(rules, site, question, design, step, table, cancellationToken)
            : await GeneralisedAsync(rules, site, question, design, step, table, cancellationToken);
    }

    private static async Task<MetaPartial> LinearAsync(
        DisclosureRules rules,
        string site,
        ModelQuestion question,
        Design design,
        MetaStep step,
        ITable table,
        CancellationToken cancellationToken)
    {
        var partial = await LinearAtSite.ComputeAsync(rules, new(step.Columns, step.Model), table, cancellationToken);
        if (partial.Used == 0)
            return None(design, partial.Rows, partial.Used, partial.Suppressed);
        var model = new AgreedModel(question, step.Model, design, [new(site, partial.Rows, 0)]);
        var fit = LinearCombine.Combine(model, ConfidenceLevel, [new(site, partial)]);
        var size = LinearPartial.Size(design.Columns.Count, question.Formula.Offsets.Count > 0);
        var products = new SymmetricMatrix(size, ExactSums.Add([partial.Products]));
        return Told(design, fit, partial.Rows, partial.Used, products);
    }

    private static async Task<MetaPartial> GeneralisedAsync(
        DisclosureRules rules,
        string site,
        ModelQuestion question,
        Design design,
        MetaStep step,
        ITable table,
        CancellationToken cancellationToken)
    {
        var family = SiteFamily.Of(step.Family, step.Link);
        var first = await GlmAtSite.ComputeAsync(
            rules, new(step.Columns, step.Model, null, null, [], null, step.Link), family, table, isOwn: true, cancellationToken);
        var sums = first.Sums.Values;
        if (first.Used == 0 || !family.Varies(sums[GlmSums.Weights], sums[GlmSums.Outcome]))
            return None(design, first.Rows, first.Used, first.Suppressed);
        var model = new AgreedModel(question, step.Model, design, [new(site, first.Rows, 0)]);
        var rounds = new GlmRounds(AskAsync, model, step.Link);
        var found = await GlmSearch.RunAsync(rounds, family, step.Rule(), cancellationToken);
        if (step.Family == "negbin")
            (found, _) = await ThetaSearch.RunAsync(rounds, found, step.Rule(), cancellationToken);
        var start = new SymmetricMatrix(design.Columns.Count, ExactSums.Add([first.Information]));
        return Told(design, GlmFit.Result(model, ConfidenceLevel, found), first.Rows, first.Used, start);

        async Task<IReadOnlyList<SiteValue<GlmPartial>>> AskAsync(GlmStep own, CancellationToken token) =>
            [new(site, await GlmAtSite.ComputeAsync(rules, own, own.Theta is { } theta ? new NegativeBinomialLog(theta) : family, table, isOwn: true, token))];
    }

    /// <summary>
    /// A coefficient that a left out column has a part in is not the one that other sites mean: where a site lacks the reference
    /// level, say, its contrasts are with another one.
    /// </summary>
    private static MetaPartial Told(Design design, RegressionResult fit, long rows, long used, SymmetricMatrix products)
    {
        IReadOnlyList<int> all = [.. Enumerable.Range(0, design.Columns.Count)];
        IReadOnlyList<int> kept = [.. all.Where(i => !fit.Collinear.Contains(design.Columns[i].Name))];
        var open = Undetermined.Of(products, all, kept);
        return new(
            rows,
            used,
            [.. all.Select(i => IsTold(i) ? fit.Coefficients[Name(i)] : null)],
            [.. all.Select(i => IsTold(i) ? fit.StandardErrors[Name(i)] : null)],
            fit.Converged);

        string Name(int i) => design.Columns[i].Name;

        bool IsTold(int i) => fit.Converged && !open.Contains(i) && fit.StandardErrors[Name(i)] is > 0;
    }

    private static MetaPartial None(Design design, long rows, long used, IReadOnlyList<Suppressed>? suppressed) =>
        new(rows, used, new double?[design.Columns.Count], new double?[design.Columns.Count], Converged: false, suppressed);
}
