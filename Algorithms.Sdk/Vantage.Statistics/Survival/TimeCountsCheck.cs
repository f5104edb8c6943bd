using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Survival;

/// <summary>Notices counts that no table can give.</summary>
internal static class TimeCountsCheck
{
    public static void ThrowIfImpossible(SiteValue<TimeCountsPartial> partial, AgreedSurvival model, int cells)
    {
        ThrowIfOtherRows(partial.Site, partial.Value.Rows, model);
        if (partial.Value.Cells.Any(c => c.Cell < 0 || c.Cell >= cells || !IsPossible(c))
            || partial.Value.Cells.DistinctBy(c => c.Cell).Count() != partial.Value.Cells.Count
            || partial.Value.Cells.Sum(c => c.Events.Sum() + c.Censored.Sum()) != partial.Value.Rows)
        {
            throw FrameCheck.Impossible(partial.Site, "its counts do not add up");
        }
    }

    public static void ThrowIfOtherRows(string site, long rows, AgreedSurvival model)
    {
        var agreed = model.Sites.Single(s => s.Site == site).Rows;
        if (rows != agreed)
        {
            throw new DataInvalidException(
                $"{site} had {agreed} complete rows when the sites agreed and has {rows} now. Its data have changed"
                + " meanwhile: ask again.");
        }
    }

    private static bool IsPossible(CellTimes c)
    {
        if (c.Times.Count == 0 || c.Events.Count != c.Times.Count || c.Censored.Count != c.Times.Count
            || !IsAscending(c.Times) || !double.IsFinite(c.Times[0]))
        {
            return false;
        }

        var most = long.MaxValue / 4 / c.Times.Count;
        if (c.Events.Concat(c.Censored).Any(n => n < 0 || n > most) || c.Events.Zip(c.Censored, (d, l) => d + l).Any(n => n == 0))
            return false;
        if (c.EntryTimes is null || c.Entered is null)
            return c.EntryTimes is null && c.Entered is null;
        return c.EntryTimes.Count == c.Entered.Count && IsAscending(c.EntryTimes) && c.Entered.All(n => n > 0 && n <= most)
            && c.Entered.Sum() == c.Events.Sum() + c.Censored.Sum() && IsNeverNegative(c);
    }

    /// <summary>Nobody can leave who has not entered.</summary>
    private static bool IsNeverNegative(CellTimes c) =>
        CellCounts.Of([c], null).Points().All(p => p.AtRisk >= p.Events + p.Censored);

    private static bool IsAscending(IReadOnlyList<double> times) =>
        times.All(double.IsFinite) && times.Zip(times.Skip(1)).All(pair => pair.First < pair.Second);
}
