using System.Numerics;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Formulas;

/// <summary>A model formula in R's notation, understood: the outcome, and the terms that explain it.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Outcome">What is explained.</param>
/// <param name="Variables">What the terms are made of, in the order of writing.</param>
/// <param name="Terms">In the order of the coefficients.</param>
/// <param name="Intercept">Whether a constant belongs to the model.</param>
/// <param name="Offsets">Added to the linear predictor with the coefficient 1.</param>
internal sealed record Formula(
    string Text,
    Variable Outcome,
    IReadOnlyList<Variable> Variables,
    IReadOnlyList<Term> Terms,
    bool Intercept,
    IReadOnlyList<Variable> Offsets)
{
    private const int Longest = 10_000;

    /// <summary>The columns that are named, each once, the outcome's first.</summary>
    public IReadOnlyList<string> Columns =>
        [.. Variables.Prepend(Outcome).Concat(Offsets).SelectMany(v => v.Columns).Distinct(StringComparer.Ordinal)];

    /// <exception cref="ArgumentsInvalidException">The formula has a fault; the text says where and what to write.</exception>
    public static Formula Parse(string text)
    {
        if (text.Length > Longest)
            throw new ArgumentsInvalidException("formula", $"longer than {Longest} characters.");
        var (left, right) = FormulaParser.Parse(text);
        var reader = new VariableReader(text);
        var outcome = ReadOutcome(text, reader, left);
        var expansion = new TermExpansion(text, reader);
        var terms = expansion.Terms(right);
        if (expansion.Variables.FirstOrDefault(v => v.Label == outcome.Label) is { } itself)
            throw FormulaFault.At(text, itself.Position, "the outcome cannot explain itself: leave it out on this side of '~'.");
        if (terms.Count == 0 && !expansion.Intercept)
            throw FormulaFault.At(text, text.Length, "nothing is left to estimate. Write at least one column, or 1 for a mean.");
        return new(
            text, outcome, expansion.Variables, [.. terms.Select(Term.Of)], expansion.Intercept, expansion.Offsets);
    }

    private static Variable ReadOutcome(string text, VariableReader reader, Expression left)
    {
        if (left is CallExpression { Function: "cbind" or "Surv" } call)
        {
            throw FormulaFault.At(text, call.Position, call.Function == "Surv"
                ? "times with a status are for kaplan-meier, logrank and cox. The outcome here is one column with one value per row."
                : "cbind(…) is not understood. The outcome is one column with one value per row.");
        }

        // R computes arithmetic in the outcome without I(…): a + b ~ x.
        return left is BinaryExpression or UnaryExpression or GroupExpression
            ? reader.Read(new CallExpression("I", [new(null, left)], left.Position)) with { Label = left.ToString() }
            : reader.Read(left);
    }
}

/// <summary>A product of variables.</summary>
/// <param name="Variables">Their places among <see cref="Formula.Variables"/>, ascending.</param>
internal sealed record Term(ulong Bits, IReadOnlyList<int> Variables)
{
    public static Term Of(ulong bits) =>
        new(bits, [.. Enumerable.Range(0, 64).Where(i => (bits >> i & 1) != 0)]);

    /// <summary>Whether all variables of the other are among these.</summary>
    public bool Holds(ulong others) => (others & ~Bits) == 0;

    public int Order => BitOperations.PopCount(Bits);
}
