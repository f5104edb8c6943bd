using System.Text.Json;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>What single values may be, by what they are declared to be.</summary>
internal sealed class LeafRules(OutputFacts facts, Utf8JsonWriter writer)
{
    /// <summary>Larger answers there are none, and a larger number would say something else.</summary>
    private const int MostHeldBack = 100_000;

    /// <summary>Values that the function says it held back.</summary>
    public int HeldBack { get; private set; }

    public Objection? Write(JsonElement value, Place place)
    {
        // What is held back is not there, whatever it would have been.
        if (value.ValueKind == JsonValueKind.Null)
        {
            writer.WriteNullValue();
            return null;
        }

        if ((place.Hint ?? (facts.IsVouched ? Usual(value) : null)) is not { } hint)
        {
            return Objection.NotDeclared(place.At);
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBooleanValue(value.GetBoolean());
                return hint.Is == DisclosureKind.Word ? null : Objection.Odd($"{place.At} is a truth value and declared as something else");
            case JsonValueKind.String:
                var text = value.GetString()!;
                writer.WriteStringValue(text);
                return Text(text, hint, place);
            default:
                return Number(value, hint, place);
        }
    }

    private static DisclosureHint Usual(JsonElement value) => new(value.ValueKind switch
    {
        JsonValueKind.Number => DisclosureKind.Statistic,
        JsonValueKind.String => DisclosureKind.Levels,
        _ => DisclosureKind.Word,
    });

    private Objection? Text(string text, DisclosureHint hint, Place place) => hint.Is switch
    {
        DisclosureKind.Name or DisclosureKind.Public => facts.Knows(text) ? null
            : new Objection(Rules.Text, $"{place.At} is a text that is neither a column's name nor the asker's"),
        DisclosureKind.Levels => facts.Knows(text) ? null : TextRules.Objection(text, place.At),
        DisclosureKind.Word => IsListed(text, hint, place) ? null : new Objection(Rules.Text, $"{place.At} is a text that its schema does not list"),
        DisclosureKind.Suppressed => SuppressionRules.All.Contains(text) ? null : new Objection(Rules.Text, $"{place.At} names no rule"),
        _ => new Objection(Rules.Text, $"{place.At} is a text and declared as something else"),
    };

    private static bool IsListed(string text, DisclosureHint hint, Place place) => hint.Words?.Contains(text) == true
        || place.Keyword("enum")?.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == text) == true
        || (place.Keyword("const") is { ValueKind: JsonValueKind.String } only && only.GetString() == text);

    private Objection? Number(JsonElement value, DisclosureHint hint, Place place)
    {
        var number = value.GetDouble();
        if (!double.IsFinite(number))
        {
            return new Objection(Rules.Number, $"{place.At} is no finite number");
        }

        switch (hint.Is)
        {
            case DisclosureKind.Rows or DisclosureKind.Count or DisclosureKind.Cells or DisclosureKind.Blurred or DisclosureKind.AtRisk:
                return Count(value, hint.Is, place);
            case DisclosureKind.Suppressed:
                return HeldBackAt(value, place);
            case DisclosureKind.Rounding:
                writer.WriteNumberValue(facts.Rules.Rounding);
                return number == facts.Rules.Rounding ? null : new Objection(Rules.Number, $"{place.At} is not what counts are rounded to");
            case DisclosureKind.Public:
                writer.WriteRawValue(Digits.Of(number, 17));
                return facts.Knows(number) ? null : new Objection(Rules.Number, $"{place.At} is a number that does not stand in the arguments");
            case DisclosureKind.Rest when facts.Rules.Digits < 17:
                writer.WriteNumberValue(0);
                return null;
            case DisclosureKind.Bounds:
                writer.WriteRawValue(Digits.Of(number, 15));
                return null;
            case DisclosureKind.Statistic or DisclosureKind.Parameters or DisclosureKind.Products or DisclosureKind.Rest:
                writer.WriteRawValue(Digits.Of(number, Math.Min(hint.Digits ?? facts.Digits, facts.Rules.Digits)));
                return Speaks(number, place);
            default:
                return Objection.Odd($"{place.At} is a number and declared as something else");
        }
    }

    /// <summary>Of nobody there is nothing to tell, not even a number that means something else.</summary>
    private Objection? Speaks(double number, Place place) =>
        !facts.Rules.MaySpeakOf(place.Rows) ? new Objection(SuppressionRules.MinimumCell, $"{place.At} is about too few rows")
            : place.Rows == 0 && number != 0 ? Objection.Odd($"{place.At} is a number about no rows") : null;

    private Objection? Count(JsonElement value, DisclosureKind kind, Place place)
    {
        if (!value.TryGetInt64(out var count))
        {
            return Objection.Odd($"{place.At} is declared as a count and is no whole number");
        }

        writer.WriteNumberValue(IsRounded(kind, count, place) ? facts.Rules.Round(count) : count);
        var rules = facts.Rules;
        var step = Math.Max(rules.MinimumCell, rules.Rounding);
        return kind switch
        {
            // Whatever is about no rows is 0: nothing that the rows beside it have not said.
            _ when count == 0 && place.Rows == 0 => null,
            _ when count < 0 => Objection.Odd($"{place.At} is a negative count"),
            DisclosureKind.Blurred => count % step == 0 ? null : new Objection(Rules.Exact, $"{place.At} is declared as blurred and is not"),
            _ when count > facts.Rows => Objection.Odd($"{place.At} is more rows than there are"),
            DisclosureKind.Rows => rules.MaySpeakOf(count) ? null : new Objection(SuppressionRules.MinimumCell, $"{place.At} is too few rows"),
            DisclosureKind.AtRisk => count >= rules.MinimumAtRisk || (count == 0 && rules.ZeroCellsPass) ? null
                : new Objection(SuppressionRules.AtRisk, $"{place.At} counts too few people"),
            _ when !rules.MayShow(count) => new Objection(SuppressionRules.MinimumCell, $"{place.At} counts too few rows"),
            _ => null,
        };
    }

    /// <summary>A count of all rows beside it says nothing that these do not: it is as exact as they are.</summary>
    private static bool IsRounded(DisclosureKind kind, long count, Place place) => kind switch
    {
        DisclosureKind.Blurred => false,
        DisclosureKind.Rows => place.Hint!.Rounded,
        _ => place.IsRounded || count != place.Rows,
    };

    private Objection? HeldBackAt(JsonElement value, Place place)
    {
        if (!value.TryGetInt32(out var values) || values is < 1 or > MostHeldBack)
        {
            return Objection.Odd($"{place.At} is no number of values held back");
        }

        HeldBack = (int)Math.Min(int.MaxValue, (long)HeldBack + values);
        writer.WriteNumberValue(values);
        return null;
    }
}
