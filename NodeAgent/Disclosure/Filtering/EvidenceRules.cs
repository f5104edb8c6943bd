using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Tables;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>What a member's evidence has to show. Evidence that was declared and is missing shows nothing.</summary>
internal static class EvidenceRules
{
    public static Objection? Objection(JsonElement owner, JsonElement value, Place place, OutputFacts facts) => place.Kind switch
    {
        DisclosureKind.Cells when value.ValueKind == JsonValueKind.Array => CellsRule.Objection(owner, value, place, facts),
        DisclosureKind.Statistic when place.Hint!.Evidence is { } named => Sum(owner, named, value, place, facts.Rules),
        _ => null,
    };

    private static Objection? Sum(JsonElement owner, string named, JsonElement value, Place place, DisclosureRules rules)
    {
        if (rules is { DominanceShare: >= 1, PRatio: <= 0 } || value.ValueKind == JsonValueKind.Null || place.Rows == 0)
        {
            return null;
        }

        return !owner.TryGetProperty(named, out var evidence) ? Missing(place)
            : (value.ValueKind, evidence.ValueKind) switch
            {
                (JsonValueKind.Array, JsonValueKind.Array) when value.GetArrayLength() == evidence.GetArrayLength() =>
                    value.EnumerateArray().Zip(evidence.EnumerateArray())
                        .Where(pair => pair.First.ValueKind != JsonValueKind.Null)
                        .Select(pair => One(pair.Second, pair.First, place, rules)).FirstOrDefault(found => found is not null),
                (_, JsonValueKind.Object) => One(evidence, value, place, rules),
                _ => Missing(place),
            };
    }

    private static Objection? One(JsonElement evidence, JsonElement value, Place place, DisclosureRules rules)
    {
        if (Number(evidence, "total") is not { } total || Number(evidence, "largest") is not { } largest || Number(evidence, "second") is not { } second
            || second < 0 || largest < second || total < (largest + second) * (1 - 1e-9) || !double.IsFinite(total))
        {
            return Missing(place);
        }

        // So few rows of such sizes make no such sum, and a sum or mean is no larger than all of its contributions.
        if (largest + (second * Math.Max(0, place.Rows - 1)) < total * (1 - 1e-9)
            || (value.ValueKind == JsonValueKind.Number && Math.Abs(value.GetDouble()) > total * (1 + 1e-9)))
        {
            return Missing(place);
        }

        return rules.AgainstSum(new SumEvidence(total, largest, second)) is { } rule
            ? new Objection(rule, $"{place.At}: {SuppressionRules.Words(rule)}")
            : null;
    }

    private static Objection Missing(Place place) =>
        new(SuppressionRules.Dominance, $"{place.At} comes without what shows that no row sticks out of it");

    private static double? Number(JsonElement evidence, string name) =>
        evidence.ValueKind == JsonValueKind.Object && evidence.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number
            ? number.GetDouble()
            : null;
}
