namespace Vantage.Benchmarks.Reporting;

/// <summary>One measured value, beside what it is held against.</summary>
/// <param name="Section">The part of the bench that it belongs to.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Baseline">The same work without Vantage, measured in the same run.</param>
/// <param name="Goal">What is aimed at; the sign says whether at least or at most.</param>
internal sealed record Figure(string Section, string Name, double Value, string Unit, Baseline? Baseline = null, Goal? Goal = null)
{
    /// <summary>1 is as good as the baseline, whichever way is better.</summary>
    public double? Ratio => Baseline is null ? null : Value / Baseline.Value;
}

/// <param name="Name">What it is.</param>
/// <param name="Value">In the figure's unit.</param>
internal sealed record Baseline(string Name, double Value);

internal sealed record Goal(double Value, bool AtLeast)
{
    public static Goal Min(double value) => new(value, AtLeast: true);

    public static Goal Max(double value) => new(value, AtLeast: false);

    public bool IsMetBy(double value) => AtLeast ? value >= Value : value <= Value;

    public override string ToString() => $"{(AtLeast ? "≥" : "≤")} {Numbers.Show(Value)}";
}
