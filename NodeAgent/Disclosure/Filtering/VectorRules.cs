using System.Text.Json;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>What lists may be: none of them may be as long as the table, whatever it is called.</summary>
internal sealed class VectorRules(OutputFacts facts)
{
    public Objection? Objection(JsonElement value, Place place)
    {
        var length = value.GetArrayLength();
        var rules = facts.Rules;
        if (length == 0)
        {
            return null;
        }

        var holdsNumbers = value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Number or JsonValueKind.Null);
        return place.Kind switch
        {
            null when holdsNumbers && !facts.IsVouched => Filtering.Objection.NotDeclared(place.At),
            DisclosureKind.Cells => null,
            DisclosureKind.Levels => Levels(length, value, place),
            null when facts.IsVouched && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => Levels(length, value, place),
            DisclosureKind.Parameters when holdsNumbers => Model(length, value, place),
            DisclosureKind.Products when holdsNumbers => Products(length, value, place),
            DisclosureKind.Bounds => BoundsRule.Objection(value, place),
            DisclosureKind.Public or DisclosureKind.Name or DisclosureKind.Suppressed when length <= Room(place) => null,
            DisclosureKind.Rest => length <= Room(place) || rules.Digits < 17 ? null : TooLong(place),
            DisclosureKind.Statistic when holdsNumbers && (length <= place.Hint!.Items || IsNothing(value, place)) => null,
            null when !holdsNumbers && facts.Knows((double)length) => Spread(value, place),
            _ => length == 1 || length <= Room(place) ? Spread(value, place) : TooLong(place),
        };
    }

    /// <summary>
    /// Of a list or a map with names of its own: as many numbers as one list may have, however they are spread over lists in lists.
    /// </summary>
    public Objection? Spread(JsonElement value, Place place) =>
        place.Kind is DisclosureKind.Cells or DisclosureKind.Products or DisclosureKind.Evidence || value.ValueKind == JsonValueKind.Array && HoldsLeaves(value)
            || Numbers.In(value, place, facts) <= Room(place) ? null : TooLong(place);

    private static bool HoldsLeaves(JsonElement value) =>
        value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object));

    private Objection? Levels(int length, JsonElement value, Place place) =>
        facts.Rules.AgainstLevels(place.Rows, length) is { } rule ? new Objection(rule, $"{place.At} has too many levels")
            : Identifiers.AreNames([.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)])
                ? new Objection(Rules.Identifier, $"{place.At} reads as a list of people") : null;

    private static Objection TooLong(Place place) => new(Rules.RowLength, $"{place.At} has so many items for its rows that they may be the rows");

    /// <summary>
    /// As many as a model may have parameters; or, where the items are about columns, as there are columns. An item that counts
    /// its own rows is held to these.
    /// </summary>
    private double Room(Place place)
    {
        var all = Math.Max(place.Rows, place.Kind is DisclosureKind.Count or DisclosureKind.AtRisk or DisclosureKind.Blurred or null ? facts.Rows : 0);
        var share = facts.Rules.LevelsShare * all;
        return place.Kind is null or DisclosureKind.Name or DisclosureKind.Public or DisclosureKind.Suppressed ? Math.Max(share, facts.Columns.Count) : share;
    }

    private Objection? Model(int parameters, JsonElement value, Place place) =>
        IsNothing(value, place) ? null
            : facts.Rules.AgainstModel(place.Rows, parameters) is { } rule
                ? new Objection(rule, $"{place.At} has more parameters than its rows allow: {SuppressionRules.Words(rule)}") : null;

    private Objection? Products(int length, JsonElement value, Place place)
    {
        var size = (int)((Math.Sqrt((8.0 * length) + 1) - 1) / 2);
        return size * (size + 1) / 2 != length ? Filtering.Objection.Odd($"{place.At} is no triangle of a matrix")
            : Model(size, value, place) ?? IndicatorRule.Objection(size, value, place, facts.Rules);
    }

    /// <summary>A site without a row has sums too: zeros.</summary>
    private static bool IsNothing(JsonElement value, Place place) =>
        place.Rows == 0 && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Null || item.GetDouble() == 0);
}
