using System.Text.Json;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>
/// Of a list whose items say how many rows each is about: groups have no more rows together than there are, and what is told of columns
/// or of pairs of them no more than that for each. A row cannot be told as a group of all.
/// </summary>
internal static class GroupsRule
{
    public static Objection? Objection(JsonElement value, Place place, OutputFacts facts)
    {
        var columns = facts.Columns.Count;
        var most = (double)facts.Rows * Math.Max(1, columns * (columns + 1) / 2);
        return value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Sum(item => Rows(item, place.Item())) <= most ? null
            : new Objection(Rules.RowLength, $"the groups of {place.At} have more rows than there are");
    }

    private static double Rows(JsonElement item, Place place) => item.EnumerateObject()
        .Where(member => member.Value.ValueKind == JsonValueKind.Number && place.Member(member.Name) is { Kind: DisclosureKind.Rows, IsListed: true })
        .Sum(member => member.Value.GetDouble());
}
