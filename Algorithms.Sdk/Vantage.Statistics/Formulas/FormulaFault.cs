using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Formulas;

/// <summary>A formula that cannot be understood: where, why, and what to write instead.</summary>
internal static class FormulaFault
{
    /// <param name="text">The whole formula.</param>
    /// <param name="position">From 0.</param>
    /// <param name="problem">What is wrong and what to write, as a sentence.</param>
    public static ArgumentsInvalidException At(string text, int position, string problem)
    {
        var rest = text[Math.Min(position, text.Length)..];
        var place = rest.Length == 0 ? "at its end" : $"at character {position + 1} ('{Shortened(rest)}')";
        return new("formula", $"{place}: {problem}");
    }

    private static string Shortened(string rest) => rest.Length <= 20 ? rest : rest[..20] + "…";
}
