using Vantage.Algorithms.Functions;
using Vantage.Statistics.Survival;

namespace Statistics.Tests.Survival;

/// <summary>A round that is asked by hand says what it lacks of what sites agree on.</summary>
public sealed class SurvivalSpecTests
{
    [Theory]
    [InlineData("Surv(t, d) ~ x", false, "'d'")]
    [InlineData("Surv(t, status) ~ x + strata(s)", false, "'strata(s)'")]
    [InlineData("Surv(t, status) ~ g", true, "'g'")]
    public void LevelsThatAreNotThere_AreNamed(string formula, bool groups, string lacking)
    {
        var spec = new SurvivalSpec(formula, groups, [], new Dictionary<string, IReadOnlyList<string>> { ["status"] = ["0", "1"] }, "1");

        var refusal = Assert.Throws<ArgumentsInvalidException>(spec.Parsed);

        Assert.Equal("levels", refusal.Argument);
        Assert.Contains(lacking, refusal.Message, StringComparison.Ordinal);
    }
}
