using System.Text.Json;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>
/// How many numbers there are in lists in lists, and in maps: rows that are dealt out to many short lists are rows. What says of itself
/// how many rows it is about has its own measure, and so has a handful of numbers about a column.
/// </summary>
internal static class Numbers
{
    /// <summary>More about one column are no handful.</summary>
    private const double HandfulShare = 0.1;

    public static long In(JsonElement value, Place place, OutputFacts facts) => value.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => 1,
        JsonValueKind.Array => value.EnumerateArray().Sum(item => In(item, place.Item(), facts)),
        JsonValueKind.Object => InObject(value, place, facts),
        _ => 0,
    };

    private static long InObject(JsonElement value, Place place, OutputFacts facts)
    {
        var sum = 0L;
        var column = false;
        foreach (var member in value.EnumerateObject())
        {
            var at = place.Member(member.Name);
            if (at.Kind == DisclosureKind.Rows && at.IsListed)
            {
                return 0;
            }

            var own = at.Kind == DisclosureKind.Evidence ? 0 : In(member.Value, at, facts);
            column |= at.Kind == DisclosureKind.Name && member.Value.ValueKind == JsonValueKind.String && facts.Columns.Contains(member.Value.GetString()!);
            sum += !at.IsListed && facts.Columns.Contains(member.Name) && IsHandful(own, facts) ? 0 : own;
        }

        return column && IsHandful(sum, facts) ? 0 : sum;
    }

    private static bool IsHandful(long numbers, OutputFacts facts) =>
        numbers <= Math.Max(DisclosureHint.MostItems, HandfulShare * facts.Rows);
}
