using System.Text.Json;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>
/// In X'X of a model with an intercept, a column of zeros and ones shows itself by x·x = x·1, and then both are a count of rows; the
/// product of two such columns is a cell of their table. All of these are held to the minimum cell. Two levels of one category never
/// meet, which tells nothing: an empty cell passes here whatever the rules say of others.
/// </summary>
internal static class IndicatorRule
{
    private const double Slack = 1e-9;

    public static Objection? Objection(int size, JsonElement value, Place place, DisclosureRules rules)
    {
        if (value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number))
        {
            return null;
        }

        double[] triangle = [.. value.EnumerateArray().Select(item => item.GetDouble())];
        // The first column is the intercept only if its square is the number of rows.
        if (!Same(triangle[0], place.Rows))
        {
            return null;
        }

        var indicators = Enumerable.Range(1, size - 1).Where(i => Same(At(i, i), At(0, i)) && Same(At(i, i), Math.Round(At(i, i)))).ToList();
        var counts = indicators.SelectMany(i => (IEnumerable<double>)
        [
            At(i, i), place.Rows - At(i, i),
            .. indicators.Where(j => j > i && Same(At(i, j), Math.Round(At(i, j))) && At(i, j) > Slack)
                .SelectMany(j => (double[])[At(i, j), At(i, i) - At(i, j), At(j, j) - At(i, j)]),
        ]);
        return counts.Any(count => count > 0.5 && count < rules.MinimumCell)
            ? new Objection(SuppressionRules.MinimumCell, $"{place.At} counts too few rows of a category")
            : null;

        double At(int i, int j) => triangle[(i * size) - (i * (i - 1) / 2) + j - i];
    }

    private static bool Same(double a, double b) => Math.Abs(a - b) <= Slack * Math.Max(1, Math.Abs(b));
}
