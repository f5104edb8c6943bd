using System.Text.Json;
using Statistics.Tests.Survival;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Cox;
using Vantage.Statistics.FedAvg;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Poisson;

namespace Statistics.Tests.Disclosure;

/// <summary>
/// Who asks chooses the coefficients of a round, the directions whose rows do not count any more, and offsets. None of them makes a sum over
/// all rows that of a few.
/// </summary>
public sealed class ChosenWeightsTests
{
    /// <summary>200 people of 20 to 59 years, and one of 97; half have the outcome, and nobody is like another.</summary>
    private static readonly MemoryTable Table = new(
        "t",
        MemoryColumn.Of("age", [.. Enumerable.Range(0, 200).Select(i => 20.0 + (i % 40)), 97]),
        MemoryColumn.Of("pay", [.. Enumerable.Range(0, 201).Select(i => 1000.0 + (7 * i % 113))]),
        MemoryColumn.Of("ill", [.. Enumerable.Range(0, 201).Select(i => (double)(i / 3 % 2))]),
        MemoryColumn.Of("time", [.. Enumerable.Range(0, 201).Select(i => 10.0 + (13 * i % 97))]),
        MemoryColumn.Of("once", [.. Enumerable.Range(0, 200).Select(i => 1.0 + (i % 5 / 10.0)), 250]),
        MemoryColumn.Of("heavy", [.. Enumerable.Range(0, 200).Select(_ => 1e-9), 1]));

    private const string Model = """{"formula":"ill ~ age + pay","weights":null,"texts":[],"levels":{}}""";

    private static string Step(string rest) => $$"""{"columns":["age","ill","pay"],"model":{{Model}},"direction":null,"without":[],"nullIntercept":null,{{rest}}}""";

    /// <summary>What a question's own numbers would make of it: each passes on all rows, and is about the one of 97.</summary>
    public static TheoryData<string, string, string> Questions => new()
    {
        { "logistic", "a step at 96", Step("""{"values":[-9600,100,0],"rests":[0,0,0]}""".Named("coefficients")) },
        { "logistic", "only who is 97", """{"columns":["age","ill","pay"],"model":{"formula":"ill ~ age + pay","weights":null,"texts":[],"levels":{}},"coefficients":null,"direction":null,"without":[[-97,1,0]],"nullIntercept":null}""" },
        { "poisson", "growing with age", Step("""{"values":[-97,1,0],"rests":[0,0,0]}""".Named("coefficients")) },
        { "poisson", "an offset that grows with age", """{"columns":["age","ill","pay"],"model":{"formula":"ill ~ pay + offset(I(3 * age))","weights":null,"texts":[],"levels":{}},"coefficients":null,"direction":null,"without":[],"nullIntercept":0}""" },
        { "fedavg", "growing with age", """{"columns":["age","ill","pay"],"model":{"formula":"ill ~ age + pay","weights":null,"texts":[],"levels":{}},"family":"poisson","coefficients":[-97,1,0],"centres":[0,0,0],"scales":[1,1,1],"localSteps":1,"learningRate":1,"mu":0}""" },
        { "linear", "a weight of one", """{"columns":["age","heavy","ill","pay"],"model":{"formula":"ill ~ age + pay","weights":"heavy","texts":[],"levels":{}}}""" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task SumsAtChosenCoefficients_AreOfEnoughRows(string algorithm, string what, string arguments)
    {
        foreach (var rules in new[] { DisclosureRules.Acro, DisclosureRules.DataShield })
        {
            var told = await AskAsync(algorithm, arguments, rules);

            Assert.True(told.Contains("\"rule\":", StringComparison.Ordinal) && told.Contains("\"rows\":0", StringComparison.Ordinal), $"{what}: {told}");
        }

        Assert.DoesNotContain("\"rule\":", await AskAsync(algorithm, arguments, DisclosureRules.Off), StringComparison.Ordinal);
    }

    /// <summary>Whether any row without the outcome lies beyond a point: asked again and again, it would be the oldest one's age.</summary>
    [Fact]
    public async Task WhetherARowLiesBeyondAPoint_IsToldOfEnoughRowsOnly()
    {
        string At(double age) => $$"""{"columns":["age","ill","pay"],"model":{{Model}},"coefficients":{"values":[-1,0,0],"rests":[0,0,0]},"direction":[{{age}},-1,0],"without":[],"nullIntercept":null}""";

        Assert.Contains("\"along\":false", await AskAsync("poisson", At(90), DisclosureRules.Acro), StringComparison.Ordinal);
        Assert.Contains("\"along\":true", await AskAsync("poisson", At(90), DisclosureRules.Off), StringComparison.Ordinal);
        Assert.Contains("\"along\":true", await AskAsync("poisson", At(30), DisclosureRules.Acro), StringComparison.Ordinal);
    }

    /// <summary>Where dominance is a rule: one row may make up nearly all of a sum of squares, and not of the sum.</summary>
    [Theory]
    [InlineData("ill ~ once")]
    [InlineData("once ~ age")]
    [InlineData("ill ~ pay + offset(once)")]
    public async Task ASumOfSquares_IsNotTheWorkOfOneEither(string formula)
    {
        var columns = string.Join("\",\"", new[] { "age", "ill", "once", "pay" }.Where(c => formula.Contains(c, StringComparison.Ordinal)));
        var question = $$"""{"columns":["{{columns}}"],"model":{"formula":"{{formula}}","weights":null,"texts":[],"levels":{} } }""";

        Assert.Contains("\"rows\":0", await AskAsync("linear", question, DisclosureRules.Acro), StringComparison.Ordinal);
        Assert.Contains("\"rows\":201", await AskAsync("linear", question, DisclosureRules.DataShield), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ill ~ age + I(ill * age)")]
    [InlineData("ill ~ age + offset(I(ill * age))")]
    public async Task AnOutcome_ExplainsNotItself_InWhateverDisguise(string formula)
    {
        var question = $$"""{"columns":["age","ill"],"model":{"formula":"{{formula}}","weights":null,"texts":[],"levels":{} },"coefficients":null,"direction":null,"without":[],"nullIntercept":0}""";

        await Assert.ThrowsAsync<ArgumentsInvalidException>(() => AskAsync("logistic", question, DisclosureRules.DataShield));
        await AskAsync("logistic", question, DisclosureRules.Off);
    }

    [Theory]
    [InlineData("acro")]
    [InlineData("datashield")]
    public async Task AnHonestFit_IsNotHeldBack(string preset)
    {
        using var sites = Sites.Dealt(Sites.PathOf("wdbc"), 3);
        var ruled = sites.Federation.Under(Presets.Of(preset));
        var logistic = await LogisticModel.Central.RunAsync(ruled, new("malignant ~ mean_radius + mean_texture"), TestContext.Current.CancellationToken);
        using var lung = Sites.Dealt(Sites.PathOf("lung"), 3);
        var cox = await CoxModel.Central.RunAsync(lung.Federation.Under(Presets.Of(preset)), new("Surv(time, status) ~ sex + age"), TestContext.Current.CancellationToken);

        Assert.Equal((569, true), (logistic.Rows, logistic.Converged));
        Assert.True(cox.Converged && cox.Rows > 200);
    }

    [Fact]
    public async Task AHazardThatOneRowHas_IsNoHazardOfMany()
    {
        const string Steep = """{"columns":["age","ill","pay","time"],"model":{"formula":"Surv(time, ill) ~ age + pay","groups":false,"texts":[],"levels":{"ill":["0","1"]},"event":"1"},"ties":"efron","coefficients":{"values":[5,0],"rests":[0,0]}}""";

        Assert.Contains("\"events\":null", await AskAsync("cox", Steep, DisclosureRules.Acro), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1.0, 1, 1, 1 }, 4, false)]
    [InlineData(new[] { 1.0, 1, 1, 1 }, 5, true)]
    [InlineData(new[] { 1e-200, 1e-200, 1e-200, 1e200 }, 2, true)]
    [InlineData(new[] { 1e-300, 1e-300, 1e-300 }, 3, false)]
    [InlineData(new[] { 0.0, 0, 0 }, 3, false)]
    [InlineData(new[] { 1, double.NaN, 1 }, 2, true)]
    public void EffectiveRows_AreKishs(double[] weights, int minimum, bool areTooFew)
    {
        var rows = new EffectiveRows();
        foreach (var weight in weights)
            rows.Add(weight);

        Assert.Equal(areTooFew, rows.AreTooFew(DisclosureRules.DataShield with { MinimumCell = minimum }));
    }

    private static async Task<string> AskAsync(string algorithm, string arguments, DisclosureRules rules)
    {
        SiteFunction function = algorithm switch
        {
            "logistic" => LogisticModel.Partial,
            "poisson" => PoissonModel.Partial,
            "fedavg" => FedAvgModel.Partial,
            "linear" => LinearModel.Partial,
            _ => CoxModel.Within,
        };
        var context = new InProcessContext("site") { Disclosure = rules };
        await function.InvokeAsync(context, System.Text.Encoding.UTF8.GetBytes(arguments), new FunctionData([Table]), TestContext.Current.CancellationToken);
        return JsonElement.Parse(context.Outputs["result"]).GetRawText();
    }
}

/// <summary>JSON that is put together.</summary>
internal static class JsonText
{
    public static string Named(this string value, string name) => $"\"{name}\":{value}";
}
