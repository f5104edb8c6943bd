using System.Text.Json;
using Vantage.Statistics.Distributions;
using Vantage.Tests.Architecture;

namespace Statistics.Tests;

/// <summary>Tails and quantiles against R's, far out and for few and many degrees of freedom.</summary>
public sealed class TailsReferenceTests
{
    [Fact]
    public void TailsAndQuantiles_AreThoseOfR()
    {
        var differences = new List<string>();
        var values = JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/distributions.json"));
        foreach (var row in values.EnumerateArray())
        {
            var (x, a, b) = (Number(row, "x"), Number(row, "a"), Number(row, "b"));
            var value = row.GetProperty("name").GetString() switch
            {
                "normal" => Tails.Normal(x),
                "student" => Tails.Student(x, a),
                "fisher" => Tails.Fisher(x, a, b),
                "chi-squared" => Tails.ChiSquared(x, a),
                "normal quantile" => Tails.NormalQuantile(x),
                _ => Tails.StudentQuantile(x, a),
            };
            var expected = Number(row, "value");
            if (!(Math.Abs(value - expected) <= 1e-9 * Math.Abs(expected)))
                differences.Add($"{row}: {value:R}, {Math.Abs(value / expected - 1):E1}");
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
