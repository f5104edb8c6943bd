using Vantage.Algorithms.Federations;
using Vantage.Statistics.Cox.AtSite;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox.Rounds;

/// <summary>Notices a partial that no table can give.</summary>
internal static class CoxCheck
{
    private const double Slack = 1e-9;

    public static void ThrowIfImpossible(SiteValue<CoxTimesPartial> partial, AgreedSurvival model, int width)
    {
        var (rows, times, strata, sums, indicators) = partial.Value;
        TimeCountsCheck.ThrowIfOtherRows(partial.Site, rows, model);
        if (!sums.ArePossible(width + 1) || indicators.Count != width)
            throw FrameCheck.Impossible(partial.Site, "its sums are not of this model");
        if (!IsAscending(times) || times.Count > 2 * rows || strata.DistinctBy(s => s.Stratum).Count() != strata.Count
            || strata.Any(s => s.Stratum < 0 || s.Stratum >= model.Strata.Count || s.Times.Count == 0
                || s.Events.Count != s.Times.Count || !IsAscending(s.Times) || s.Events.Any(e => e < 1 || e > rows))
            || strata.Sum(s => s.Events.Sum()) > rows || strata.SelectMany(s => s.Times).Except(times).Any())
        {
            throw FrameCheck.Impossible(partial.Site, "its event times contradict each other");
        }
    }

    public static void ThrowIfImpossible(
        SiteValue<CoxPartial> partial, AgreedSurvival model, int width, IReadOnlyList<EventTimes> strata)
    {
        TimeCountsCheck.ThrowIfOtherRows(partial.Site, partial.Value.Rows, model);
        var size = RiskSets.SizeOf(width);
        if (!partial.Value.Dying.ArePossible(1 + width) || partial.Value.Strata.Count != strata.Count
            || partial.Value.Strata.Zip(strata).Any(s => !s.First.AtRisk.ArePossible(size * s.Second.Events.Count)
                || !s.First.Dying.ArePossible(size * s.Second.Times.Tied.Count)))
        {
            throw FrameCheck.Impossible(partial.Site, "its sums are not of this model");
        }

        var areAllFromTheBeginning = model.Question.Formula.Start is null;
        if (partial.Value.Strata.Zip(strata).Any(s => !RiskCheck.IsPossible(s.First, s.Second.Times.Tied, width, areAllFromTheBeginning)))
            throw FrameCheck.Impossible(partial.Site, "its sums contradict each other");
    }

    public static void ThrowIfImpossible(SiteValue<CoxWithinPartial> partial, AgreedSurvival model, int width)
    {
        var value = partial.Value;
        if (value.Events is null)
        {
            if (value.LogLikelihood is not null || value.Score is not null || value.Information is not null || value.Suppressed.Count == 0)
                throw FrameCheck.Impossible(partial.Site, "it does not say what it held back");
            return;
        }

        // Where few are censored, rules may let a site tell of those with the event only.
        var tellsFewer = !model.TellsTimes && value.Rows <= value.Events && value.Rows < model.Sites.Single(s => s.Site == partial.Site).Rows;
        if (!tellsFewer)
            TimeCountsCheck.ThrowIfOtherRows(partial.Site, value.Rows, model);
        if (value.LogLikelihood?.ArePossible(1) != true || value.Score?.ArePossible(width) != true
            || value.Information?.ArePossible(SymmetricMatrix.Length(width)) != true)
        {
            throw FrameCheck.Impossible(partial.Site, "its sums are not of this model");
        }

        if (value.Events < 0 || (model.TellsTimes && value.Events > value.Rows))
            throw FrameCheck.Impossible(partial.Site, "it counts more events than rows");
        // Who has the event is one of those at risk: a partial likelihood is a product of probabilities.
        if (value.Events > FrameCheck.MostRows || value.LogLikelihood.Values[0] > Slack * value.Rows)
            throw FrameCheck.Impossible(partial.Site, "its likelihood is none");
        PartialCheck.ThrowIfNoProducts(partial.Site, value.Information, width);
    }

    public static void ThrowIfImpossible(SiteValue<ConcordancePartial> partial, AgreedSurvival model)
    {
        // Under rules a site has up to a minimum cell more rows than it says.
        var rows = (model.TellsTimes ? 1 : 2) * (double)model.Sites.Single(s => s.Site == partial.Site).Rows;
        var (_, concordant, discordant, tied) = partial.Value;
        if (!(concordant >= 0 && discordant >= 0 && tied >= 0 && concordant + discordant + tied <= rows * (rows - 1) / 2 * 1.001))
            throw FrameCheck.Impossible(partial.Site, "it counts more pairs than its rows have");
    }

    private static bool IsAscending(IReadOnlyList<double> times) =>
        times.All(double.IsFinite) && times.Zip(times.Skip(1)).All(pair => pair.First < pair.Second);
}
