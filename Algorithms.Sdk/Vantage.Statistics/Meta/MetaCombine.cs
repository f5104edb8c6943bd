using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Meta;

/// <summary>The second stage.</summary>
internal static class MetaCombine
{
    public static MetaResult Combine(
        AgreedModel model, MetaArguments arguments, IReadOnlyList<SiteValue<MetaPartial>> partials)
    {
        var names = model.Design.Columns.Select(c => c.Name).ToList();
        (model, partials) = Withholding.Without(model, partials);
        foreach (var partial in partials)
            ThrowIfImpossible(partial, model, names.Count);
        PartialCheck.ThrowIfNothingWeighs(model, partials.Select(p => p.Value.Used));
        var terms = names.Select((name, i) => KeyValuePair.Create(name, Pool(i, arguments.ConfidenceLevel, partials)))
            .ToDictionary(StringComparer.Ordinal);
        if (terms.Values.All(t => t is null))
        {
            throw new DataInvalidException("No site's own rows tell any coefficient of this model: "
                + string.Join(", ", partials.Select(p => $"{p.Site} {(p.Value.Converged ? "has too few rows" : "found no estimate")}")) + ".");
        }

        return new()
        {
            Formula = model.Question.Formula.Text,
            Family = arguments.Family,
            Sites = [.. partials.Select(p => Site(p, model, names))],
            Rows = model.Rows,
            Levels = model.Levels,
            ConfidenceLevel = arguments.ConfidenceLevel,
            Terms = terms,
            Notes = [.. model.Notes, .. Notes(partials, names, terms)],
        };
    }

    private static PooledTerm? Pool(int place, double confidenceLevel, IReadOnlyList<SiteValue<MetaPartial>> partials)
    {
        var sites = partials.Where(p => p.Value.StandardErrors[place] is not null)
            .Select(p => (p.Value.Estimates[place]!.Value, Math.Pow(p.Value.StandardErrors[place]!.Value, 2)))
            .Order().ToList();
        if (sites.Count == 0)
            return null;
        var pooling = new Pooling(sites, confidenceLevel);
        return new(sites.Count, pooling.Heterogeneity(), pooling.Fixed(), pooling.DerSimonianLaird(), pooling.Reml());
    }

    private static void ThrowIfImpossible(SiteValue<MetaPartial> partial, AgreedModel model, int width)
    {
        var value = partial.Value;
        PartialCheck.ThrowIfOtherRows(partial.Site, value.Rows, value.Used, model);
        if (value.Estimates.Count != width || value.StandardErrors.Count != width
            || value.Estimates.Zip(value.StandardErrors).Any(e => e.First is null != e.Second is null
                || (e.First is { } estimate && !double.IsFinite(estimate))
                || (e.Second is { } error && !(error > 0 && double.IsFinite(error * error) && double.IsFinite(1 / (error * error))))))
        {
            throw FrameCheck.Impossible(partial.Site, "its estimates are not of this model");
        }
    }

    private static SiteModelFound Site(SiteValue<MetaPartial> partial, AgreedModel model, List<string> names) => new(
        partial.Site,
        partial.Value.Rows,
        model.Sites.Single(s => s.Site == partial.Site).LeftOut,
        partial.Value.Converged,
        names.Select((n, i) => KeyValuePair.Create(n, partial.Value.Estimates[i])).ToDictionary(StringComparer.Ordinal),
        names.Select((n, i) => KeyValuePair.Create(n, partial.Value.StandardErrors[i])).ToDictionary(StringComparer.Ordinal));

    private static IEnumerable<string> Notes(
        IReadOnlyList<SiteValue<MetaPartial>> partials, List<string> names, Dictionary<string, PooledTerm?> terms)
    {
        foreach (var partial in partials)
        {
            var missing = names.Where((_, i) => partial.Value.StandardErrors[i] is null).ToList();
            if (missing.Count > 0)
            {
                yield return $"{partial.Site} is without {(missing.Count == names.Count ? "a model" : string.Join(", ", missing))}: its own"
                    + " rows do not tell it.";
            }
        }

        if (terms.Values.Any(t => t?.Sites == 1))
            yield return "Of coefficients that one site alone tells, nothing can be said of differences between sites.";
    }
}
