using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Disclosure;

/// <summary>What a site held back.</summary>
/// <param name="Rule">One of <see cref="SuppressionRules"/>.</param>
/// <param name="Values">How many numbers; at least 1.</param>
/// <param name="What">A column or a part of the arguments that it is about; null for all of the answer.</param>
public sealed record Suppressed(
    [property: Discloses(DisclosureKind.Suppressed)] string Rule,
    [property: Discloses(DisclosureKind.Suppressed)] int Values,
    [property: Discloses(DisclosureKind.Name)] string? What = null)
{
    /// <summary>As a result's note tells it, for example <c>Charité held back 3 numbers of 'age': too few rows.</c></summary>
    public string Note(string site) =>
        $"{site} held back {(Values == 1 ? "1 number" : $"{Values} numbers")}{(What is null ? "" : $" of '{What}'")}: {SuppressionRules.Words(Rule)}.";
}
