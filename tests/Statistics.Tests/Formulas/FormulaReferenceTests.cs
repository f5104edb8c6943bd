using System.Text.Json;
using Vantage.Statistics.Formulas;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Formulas;

/// <summary>Formulas mean here what R's <c>terms</c> and <c>deparse</c> say.</summary>
public sealed class FormulaReferenceTests
{
    public static TheoryData<string> Cases =>
        [.. JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/formulas.json"))
            .EnumerateArray().Select(c => c.GetRawText())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AFormula_HasTheTermsThatRFinds(string json)
    {
        var expected = JsonElement.Parse(json);

        var formula = Formula.Parse(expected.GetProperty("formula").GetString()!);

        Assert.Equal(expected.GetProperty("outcome").GetString(), formula.Outcome.Label);
        Assert.Equal(Texts(expected, "terms"), formula.Terms.Select(t => Label(formula, t)));
        Assert.Equal(expected.GetProperty("intercept").GetInt32() == 1, formula.Intercept);
        Assert.Equal(Texts(expected, "offsets"), formula.Offsets.Select(o => $"offset({o.Label})"));
    }

    internal static string Label(Formula formula, Term term) =>
        string.Join(':', term.Variables.Select(v => formula.Variables[v].Label));

    private static IEnumerable<string?> Texts(JsonElement expected, string name) =>
        expected.GetProperty(name).EnumerateArray().Select(t => t.GetString());
}
