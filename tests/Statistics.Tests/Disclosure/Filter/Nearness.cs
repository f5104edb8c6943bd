using System.Text.Json;
using Statistics.Tests.Differences;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>How near an answer under rules is to that for all rows.</summary>
/// <param name="IsWhole">Whether it has all numbers, over all rows.</param>
/// <param name="Worst">The largest relative difference, where it has.</param>
internal sealed record Nearness(bool IsWhole, double Worst)
{
    /// <summary>Sites that were left out, and curves on a grid, make another number of it, and not a less exact one.</summary>
    private const double Other = 1e-6;

    public static Nearness Of(ReferenceCase reference, JsonElement answer)
    {
        var worst = Difference.Of(reference, answer).Worst;
        return new(worst < Other, worst);
    }
}
