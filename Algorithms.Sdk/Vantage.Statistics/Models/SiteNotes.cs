using Vantage.Algorithms.Disclosure;

namespace Vantage.Statistics.Models;

/// <summary>What is told of sites that held back.</summary>
internal static class SiteNotes
{
    /// <summary>The whole answer is held back: one entry.</summary>
    public static IReadOnlyList<Suppressed>? All(string? rule, int values) => rule is null ? null : [new(rule, Math.Max(1, values))];

    public static IEnumerable<string> Of(string site, IReadOnlyList<Suppressed>? suppressed) =>
        (suppressed ?? []).Take(100).Select(s => s.Note(site));
}
