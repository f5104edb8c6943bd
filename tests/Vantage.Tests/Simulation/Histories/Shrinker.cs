using Vantage.Tests.Simulation.Laws;
using Vantage.Tests.Simulation.Net;

namespace Vantage.Tests.Simulation.Histories;

/// <summary>Leaves out whatever a failure does not need: happenings first, then the weather, as long as the same law still breaks.</summary>
internal static class Shrinker
{
    public static History Shrink(History failing, Violation broken, Rules rules)
    {
        bool Fails(History history) => Simulator.Run(history, rules).Broken?.Law == broken.Law;
        var best = failing;
        for (var smaller = true; smaller;)
        {
            smaller = false;
            foreach (var candidate in Smaller(best).Where(Fails).Take(1))
            {
                (best, smaller) = (candidate, true);
            }
        }

        return best;
    }

    private static IEnumerable<History> Smaller(History history)
    {
        for (var size = Math.Max(1, history.Happenings.Count / 2); size >= 1; size /= 2)
        {
            for (var at = 0; at < history.Happenings.Count; at += size)
            {
                yield return history with { Happenings = [.. history.Happenings.Where((_, i) => i < at || i >= at + size)] };
            }
        }

        var weather = history.Weather;
        foreach (var calmer in new[]
        {
            Weather.Fair, weather with { Loss = 0 }, weather with { Twice = 0 }, weather with { Overtaking = 0 }, weather with { Slow = 0 },
            weather with { Unsure = 0 },
        })
        {
            if (calmer != weather)
            {
                yield return history with { Weather = calmer };
            }
        }

        if (history.Nodes > 2)
        {
            yield return history with { Nodes = history.Nodes - 1 };
        }
    }
}
