using System.Text.Json;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>
/// Smallest and largest values are single rows. Both ends of a range have to lie on a grid of tens, ones, tenths and so on, with no
/// more than twenty steps between them, so that they say no more than that.
/// </summary>
internal static class BoundsRule
{
    private const int MostSteps = 20;
    private const double Slack = 1e-9;

    public static Objection? Objection(JsonElement value, Place place)
    {
        var items = value.EnumerateArray().ToList();
        if (items.All(item => item.ValueKind == JsonValueKind.Null))
        {
            return null;
        }

        if (items is not [{ ValueKind: JsonValueKind.Number } first, { ValueKind: JsonValueKind.Number } last])
        {
            return Filtering.Objection.Odd($"{place.At} is declared as bounds and is no pair of numbers");
        }

        var (low, high) = (first.GetDouble(), last.GetDouble());
        return double.IsFinite(high - low) && high > low && IsCoarse(low, high) ? null
            : new Objection(Rules.Exact, $"{place.At} is declared as blurred bounds and is finer than these may be");
    }

    private static bool IsCoarse(double low, double high)
    {
        var step = Math.Pow(10, Math.Ceiling(Math.Log10((high - low) / MostSteps) - Slack));
        return IsOn(low / step) && IsOn(high / step);
    }

    private static bool IsOn(double steps) => Math.Abs(steps - Math.Round(steps)) <= Slack * Math.Max(1, Math.Abs(steps));
}
