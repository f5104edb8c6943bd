using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;

namespace Vantage.NodeAgent.Disclosure.Tables;

/// <summary>
/// Of a table of counts: what is shown is what there is, no cell is too small, and no cell that is held back can be narrowed down to
/// less than the minimum cell by whoever knows every margin.
/// </summary>
internal static class CellsRule
{
    public static Objection? Objection(JsonElement owner, JsonElement value, Place place, OutputFacts facts)
    {
        var rules = facts.Rules;
        if (Counts(value, allowsNull: true) is not { } shown)
        {
            return Filtering.Objection.Odd($"{place.At} holds something else than counts");
        }

        if (shown.All(count => count is null))
        {
            return null;
        }

        if (Sizes(owner, place, shown.Count) is not { } sizes)
        {
            return Filtering.Objection.Odd($"{place.At} has another number of cells than its shape says");
        }

        if (sizes.Any(size => size > 1 && size > rules.LevelsShare * facts.Rows))
        {
            return new Objection(SuppressionRules.LevelsShare, $"{place.At} has so many levels for its rows that they may be the rows");
        }

        if (shown.All(count => count is not null))
        {
            return null;
        }

        if (place.Hint!.Evidence is not { } named || !owner.TryGetProperty(named, out var evidence)
            || Counts(evidence, allowsNull: false) is not { } all || all.Count != shown.Count || shown.Zip(all).Any(pair => pair.First is { } s && s != pair.Second))
        {
            return new Objection(SuppressionRules.Complementary, $"{place.At} comes without what shows that its hidden cells stay hidden");
        }

        var held = Enumerable.Range(0, shown.Count).Where(i => shown[i] is null).ToArray();
        return !HiddenCells.Stay([.. all.Select(count => count!.Value)], held, sizes, rules.MinimumCell)
            ? new Objection(SuppressionRules.Complementary, $"hidden cells of {place.At} can be computed from those that are shown")
            : null;
    }

    private static List<long?>? Counts(JsonElement value, bool allowsNull)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var counts = new List<long?>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null && allowsNull)
            {
                counts.Add(null);
            }
            else if (item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var count) && count >= 0)
            {
                counts.Add(count);
            }
            else
            {
                return null;
            }
        }

        return counts;
    }

    private static List<int>? Sizes(JsonElement owner, Place place, int cells)
    {
        if (place.Hint!.Shape is not { } named)
        {
            return [cells];
        }

        if (!owner.TryGetProperty(named, out var shape) || Counts(shape, allowsNull: false) is not { } told || told.Any(size => size is < 1 or > int.MaxValue))
        {
            return null;
        }

        return told.Aggregate(1.0, (product, size) => product * size!.Value) == cells ? [.. told.Select(size => (int)size!.Value)] : null;
    }
}
