using Vantage.Tests.Simulation.Net;

namespace Vantage.Tests.Simulation.Histories;

/// <summary>All that decides what happens: the same history always goes the same way.</summary>
/// <param name="Seed">Of whatever chance decides while it runs.</param>
/// <param name="Nodes">A and B belong to one organization, C to another.</param>
/// <param name="Weather">Until <paramref name="HealsAt"/>.</param>
/// <param name="LongestWork">In seconds.</param>
/// <param name="HealsAt">From here on nothing goes wrong any more, and everything has to come to its end.</param>
internal sealed record History(
    int Seed, int Nodes, Weather Weather, int LongestWork, TimeSpan HealsAt, IReadOnlyList<Happening> Happenings)
{
    public override string ToString() => string.Join('\n', Happenings.Select(h => $"{h.At:mm\\:ss\\.fff} {h}")
        .Prepend($"seed {Seed}, {Nodes} nodes, work of up to {LongestWork} s, {Weather}; all faults end at {HealsAt:mm\\:ss}"));
}
