using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Models;

/// <summary>
/// How many rows a site says it has where some of their parts are counted beside: under rules the last multiple of the minimum cell,
/// so that no small part comes out by subtracting the others.
/// </summary>
internal static class ToldRows
{
    public static long Of(DisclosureRules rules, long rows) =>
        rules.IsOff ? rows : rows / Math.Max(1, rules.MinimumCell) * Math.Max(1, rules.MinimumCell);
}
