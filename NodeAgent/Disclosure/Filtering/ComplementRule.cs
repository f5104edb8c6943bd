using System.Text.Json;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>A count that is held back is no secret where those beside it and their total tell it; nor is what is left of the rows.</summary>
internal static class ComplementRule
{
    /// <summary>Of a list of counts: with some held back, it has to be a table, of which the node can see that they stay hidden.</summary>
    public static Objection? Objection(JsonElement value, Place place) =>
        place.Kind == DisclosureKind.Count && IsPartial(value.EnumerateArray().Select(item => item.ValueKind)) ? Uncheckable(place) : null;

    /// <summary>Of the members of an object.</summary>
    public static Objection? Objection(IReadOnlyList<(JsonElement Value, Place Place)> members, DisclosureRules rules)
    {
        var made = members.Where(m => !m.Place.IsListed && m.Place.Kind == DisclosureKind.Count).ToList();
        if (made.Count > 0 && IsPartial(made.Select(m => m.Value.ValueKind)))
        {
            return Uncheckable(made[0].Place);
        }

        // Of a map whose names are levels, the levels that it does not have are left.
        var sum = made.Sum(m => Count(m.Value));
        return (made.Count > 0 && LeavesFew(sum, made[0].Place) ? Left(made[0].Place) : null)
            ?? members.Where(m => m.Place is { IsListed: true, Kind: DisclosureKind.Count } && LeavesFew(Count(m.Value), m.Place))
                .Select(m => Left(m.Place)).FirstOrDefault();

        bool LeavesFew(long count, Place place) => count > 0 && place.Rows > count && place.Rows - count < rules.MinimumCell;
    }

    private static bool IsPartial(IEnumerable<JsonValueKind> kinds)
    {
        var some = kinds.ToList();
        return some.Contains(JsonValueKind.Null) && some.Contains(JsonValueKind.Number);
    }

    private static long Count(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) ? count : 0;

    private static Objection Uncheckable(Place place) => new(
        SuppressionRules.Complementary, $"some counts of {place.At} are held back and others not, which only a table with its evidence may do");

    private static Objection Left(Place place) => new(SuppressionRules.MinimumCell, $"{place.At} leaves too few of the rows that it is counted of");
}
