using Vantage.Algorithms.Functions;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Survival;

/// <summary>What disclosure rules mean for times.</summary>
internal static class SurvivalRules
{
    /// <summary>A time at which one person dies is nearly that person's row.</summary>
    public static void ThrowIfOn(DisclosureRules rules)
    {
        if (!rules.IsOff)
        {
            throw new DataInvalidException("This site's disclosure rules do not let exact times leave. Ask without"
                + " \"stratifyBySite\": false; curves come on a grid of times.");
        }
    }

    /// <summary>How many rows a site says it has, so that nobody learns how few were censored by subtracting the events.</summary>
    public static long Told(DisclosureRules rules, long rows) => ToldRows.Of(rules, rows);

    /// <summary>Rows that each number about a span of time has to be about.</summary>
    public static int Fewest(DisclosureRules rules) => Math.Max(rules.MinimumCell, rules.MinimumAtRisk);
}
