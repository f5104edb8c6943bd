using FsCheck;
using FsCheck.Fluent;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;

namespace Statistics.Tests.Formulas;

/// <summary>Whatever is written, it is understood or refused in words; and what is printed reads as it was.</summary>
public sealed class FormulaPropertyTests
{
    private static readonly Gen<string> Columns = Gen.Elements("a", "b", "c", "`odd name`", "d.e", ".f_1", "`1st`", "`back``", "größe");

    private static readonly Gen<string> Number = Gen.Elements("1", "2", "0.5", "1e5", "1e-7", "123456789", "0.1", "3.25e12");

    private static readonly Arbitrary<string> Formulas = Arb.From(
        from outcome in Gen.Elements("y", "log(y)", "`the outcome`", "y / 2")
        from right in Gen.Sized(size => Terms(Math.Min(size / 8, 4)))
        select $"{outcome.Replace("``", "`", StringComparison.Ordinal)} ~ {right.Replace("``", "`", StringComparison.Ordinal)}");

    private static readonly Arbitrary<string> Scraps = Arb.From(
        Gen.Elements("y", "~", "+", "-", "*", ":", "^", "(", ")", "/", "log", "I", "offset", "factor", "relevel", ",", "=",
            "\"", "'", "`", "1", "0", "2e", ".", "%in%", "%", " ", "é", "\u0000", "x", "ref", "\\").ArrayOf().Select(string.Concat));

    [Fact]
    public void WhatIsPrinted_ReadsTheSame() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Formulas, text =>
    {
        if (Parsed(text) is not { } formula)
            return;
        var (left, right) = FormulaParser.Parse(text);
        var printed = $"{left} ~ {right}";

        var again = Formula.Parse(printed);

        Assert.Equal(printed, $"{FormulaParser.Parse(printed).Left} ~ {FormulaParser.Parse(printed).Right}");
        Assert.Equal(Facts(formula), Facts(again));
    }));

    [Fact]
    public void CanonicalTerms_MeanTheSameFormula() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Formulas, text =>
    {
        if (Parsed(text) is not { } formula)
            return;
        var canonical = $"{formula.Outcome.Label} ~ {(formula.Intercept ? 1 : 0)}"
            + string.Concat(formula.Terms.Select(t => " + " + FormulaReferenceTests.Label(formula, t)))
            + string.Concat(formula.Offsets.Select(o => $" + offset({o.Label})"));

        var again = Formula.Parse(canonical);

        Assert.Equal(formula.Intercept, again.Intercept);
        Assert.Equal(Sets(formula), Sets(again));

        // A column of a term that is taken away is still read, as in R: rows in which it is missing take no part.
        Assert.Subset(formula.Columns.ToHashSet(), again.Columns.ToHashSet());
    }));

    [Fact]
    public void AnyText_IsUnderstoodOrRefusedInWords() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Scraps, text => { _ = Parsed(text); }));

    private static Formula? Parsed(string text)
    {
        try
        {
            return Formula.Parse(text);
        }
        catch (ArgumentsInvalidException e)
        {
            Assert.StartsWith("Argument 'formula': ", e.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static string Facts(Formula f) => string.Join(" | ",
        [f.Outcome.Label, f.Intercept, .. f.Terms.Select(t => FormulaReferenceTests.Label(f, t)), "offsets", .. f.Offsets.Select(o => o.Label)]);

    /// <summary>A term is a set: a:b and b:a are the same.</summary>
    private static IEnumerable<string> Sets(Formula f) => f.Terms
        .Select(t => string.Join(':', t.Variables.Select(v => f.Variables[v].Label).Order(StringComparer.Ordinal)))
        .Order(StringComparer.Ordinal);

    private static Gen<string> Terms(int depth) => depth == 0
        ? Gen.Frequency((6, Columns), (2, Variable(2)), (1, Gen.Elements("1", "0")))
        : Gen.Frequency(
            (3, Terms(0)),
            (4, from left in Terms(depth - 1)
                from symbol in Gen.Elements(" + ", "+", " * ", ":", " / ", " %in% ", " - ")
                from right in Terms(depth - 1)
                select left + symbol + right),
            (1, from inner in Terms(depth - 1) select $"({inner})"),
            (1, from inner in Terms(depth - 1) select $"({inner})^2"),
            (1, from inner in Number2(2) select $"offset({inner})"));

    private static Gen<string> Variable(int depth) => Gen.OneOf(
        Columns.Select(c => $"factor({c})"),
        Columns.Select(c => $"relevel({c}, ref = \"a \\\"b\\\"\")"),
        from function in Gen.Elements("log", "log2", "exp", "I", "sqrt", "abs")
        from inner in Number2(depth)
        from column in Columns
        select $"{function}({column} + {inner})");

    private static Gen<string> Number2(int depth) => depth == 0
        ? Gen.OneOf(Columns, Number)
        : Gen.OneOf(
            Columns,
            Number,
            from left in Number2(depth - 1)
            from symbol in Gen.Elements(" + ", " - ", "*", " / ", "^", " - -")
            from right in Number2(depth - 1)
            select left + symbol + right,
            from inner in Number2(depth - 1) select $"log({inner})",
            from inner in Number2(depth - 1) select $"(-{inner})");
}
