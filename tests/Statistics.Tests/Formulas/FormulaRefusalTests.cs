using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;

namespace Statistics.Tests.Formulas;

/// <summary>What is wrong with a formula is told with its place and what to write.</summary>
public sealed class FormulaRefusalTests
{
    [Theory]
    [InlineData("", "at its end", "the formula is empty")]
    [InlineData("y", "at its end", "'~' and the columns that explain the outcome")]
    [InlineData("~ x", "at character 1 ('~ x')", "the outcome is missing")]
    [InlineData("y ~", "at its end", "a column, a number or '(' is expected here")]
    [InlineData("y ~ x +", "at its end", "a column, a number or '(' is expected here")]
    [InlineData("y ~ x + * z", "at character 9 ('* z')", "a column, a number or '(' is expected here")]
    [InlineData("y ~ x z", "at character 7 ('z')", "an operator such as '+'")]
    [InlineData("y ~ (x + z", "at its end", "the '(' at character 5 is not closed yet")]
    [InlineData("y ~ x)", "at character 6 (')')", "an operator such as '+'")]
    [InlineData("y ~ x ~ z", "at character 7 ('~ z')", "a formula has one '~'")]
    [InlineData("y ~ `x", "at character 5 ('`x')", "this quote is never closed")]
    [InlineData("y ~ x$z", "at character 6 ('$z')", "in back-quotes: `my column`")]
    [InlineData("y ~ .", "at character 5 ('.')", "'.' for all other columns is not understood")]
    [InlineData("y ~ 2 + x", "at character 5 ('2 + x')", "only 1 (with intercept) and 0 (without)")]
    [InlineData("y ~ \"x\"", "at character 5 ('\"x\"')", "a text is no column")]
    [InlineData("y ~ poly(x, 2)", "at character 5 ('poly(x, 2)')", "Write x + I(x^2): the fit is the same")]
    [InlineData("y ~ nosuch(x)", "at character 5 ('nosuch(x)')", "there is no function 'nosuch'. There are: log,")]
    [InlineData("y ~ interaction(a, b)", "at character 5 ('interaction(a, b)')", "Write a:b.")]
    [InlineData("y ~ x + (1 | g)", "at character 12 ('| g)')", "there are no random effects")]
    [InlineData("y ~ log(x, 2)", "at character 5 ('log(x, 2)')", "log takes one number")]
    [InlineData("y ~ log(factor(x))", "at character 9 ('factor(x))')", "factor gives no number")]
    [InlineData("y ~ log(1)", "at character 5 ('log(1)')", "no column is named in here")]
    [InlineData("y ~ relevel(x)", "at character 5 ('relevel(x)')", "relevel(x, ref = \"a\")")]
    [InlineData("y ~ x^0.5", "at character 7 ('0.5')", "'^' takes a whole number from 1")]
    [InlineData("y ~ x - offset(z)", "at character 9 ('offset(z)')", "an offset cannot be taken away")]
    [InlineData("y ~ 0", "at its end", "nothing is left to estimate")]
    [InlineData("y ~ x - x - 1", "at its end", "nothing is left to estimate")]
    [InlineData("y ~ x + y", "at character 9 ('y')", "the outcome cannot explain itself")]
    [InlineData("cbind(a, b) ~ x", "at character 1 ('cbind(a, b) ~ x')", "The outcome is one column")]
    [InlineData("y ~ I(x > 3)", "at character 9 ('> 3)')", "comparisons are not understood")]
    [InlineData("y ~ 1e999", "at character 5 ('1e999')", "no number that a double can hold")]
    public void AFault_IsToldWithItsPlace(string text, string place, string problem)
    {
        var refusal = Assert.Throws<ArgumentsInvalidException>(() => Formula.Parse(text));

        Assert.StartsWith($"Argument 'formula': {place}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreThanAModelCanHold_IsRefusedQuickly()
    {
        var many = string.Join('+', Enumerable.Range(0, 60).Select(i => $"x{i}"));
        var deep = new string('(', 5000) + "x" + new string(')', 5000);

        Assert.Contains("more than 500 terms", Refusal($"y ~ ({many})^5"), StringComparison.Ordinal);
        Assert.Contains("64 variables", Refusal($"y ~ {many}+a+b+c+d+e"), StringComparison.Ordinal);
        Assert.Contains("more than 100 deep", Refusal("y ~ " + deep[..200]), StringComparison.Ordinal);
        Assert.Contains("longer than", Refusal("y ~ " + deep + deep), StringComparison.Ordinal);
    }

    private static string Refusal(string text) =>
        Assert.Throws<ArgumentsInvalidException>(() => Formula.Parse(text)).Message;
}
