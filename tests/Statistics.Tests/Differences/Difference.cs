using System.Text.Json;

namespace Statistics.Tests.Differences;

/// <summary>How far a result is from what was expected.</summary>
/// <param name="Worst">The largest relative difference of a number.</param>
/// <param name="Where">Its place, or that of the first thing that is not the same at all; then <paramref name="Worst"/> is infinite.</param>
public sealed record Difference(double Worst, string Where)
{
    public static Difference Of(ReferenceCase reference, JsonElement actual) =>
        Of("", reference.Expected, actual, reference.Scales) ?? new(0, "");

    private static Difference? Of(string at, JsonElement expected, JsonElement actual, JsonElement? scales) =>
        (expected.ValueKind, actual.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => OfNumbers(at, expected.GetDouble(), actual.GetDouble(), scales),
            (JsonValueKind.Object, JsonValueKind.Object) => Largest(expected.EnumerateObject().Select(e =>
                actual.TryGetProperty(e.Name, out var own)
                    ? Of($"{at}.{e.Name}", e.Value, own, Member(scales, e.Name))
                    : Unlike($"{at}.{e.Name}", "is not there"))),
            (JsonValueKind.Array, JsonValueKind.Array) when expected.GetArrayLength() != actual.GetArrayLength() =>
                Unlike(at, $"has {actual.GetArrayLength()} items, not {expected.GetArrayLength()}"),
            (JsonValueKind.Array, JsonValueKind.Array) => Largest(expected.EnumerateArray().Zip(actual.EnumerateArray()).Select(
                (e, i) => Of($"{at}[{i}]", e.First, e.Second, Item(scales, i)))),
            _ => JsonElement.DeepEquals(expected, actual) ? null : Unlike(at, $"is {actual.GetRawText()}, not {expected.GetRawText()}"),
        };

    private static Difference OfNumbers(string at, double expected, double actual, JsonElement? scales)
    {
        var scale = scales is { ValueKind: JsonValueKind.Number } s ? Math.Max(Math.Abs(expected), s.GetDouble()) : Math.Abs(expected);
        return new(expected == actual ? 0 : Math.Abs(expected - actual) / scale, $"{at}: {actual:R}, not {expected:R}");
    }

    private static Difference? Largest(IEnumerable<Difference?> parts) => parts.OfType<Difference>().MaxBy(d => d.Worst);

    private static Difference Unlike(string at, string how) => new(double.PositiveInfinity, $"{at} {how}");

    private static JsonElement? Member(JsonElement? scales, string name) =>
        scales is { ValueKind: JsonValueKind.Object } s && s.TryGetProperty(name, out var own) ? own : null;

    private static JsonElement? Item(JsonElement? scales, int i) =>
        scales is { ValueKind: JsonValueKind.Array } s && s.GetArrayLength() > i ? s[i] : null;
}
