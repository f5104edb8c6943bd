using System.Text.Json;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>Counts of rows that show in sums of products are held to the minimum cell as others are.</summary>
internal static class IndicatorRule
{
    public static Objection? Objection(int size, JsonElement value, Place place, DisclosureRules rules) =>
        value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number)
            ? value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Null) ? null
                : Filtering.Objection.Odd($"{place.At} has holes, which the other products may tell")
            : ProductCounts.AreTooFew(rules, place.Rows, [.. value.EnumerateArray().Select(item => item.GetDouble())], size)
            ? new Objection(SuppressionRules.MinimumCell, $"{place.At} counts too few rows of a category")
            : null;
}
