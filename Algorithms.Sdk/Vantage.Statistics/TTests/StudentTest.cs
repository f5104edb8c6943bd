using Vantage.Statistics.Distributions;

namespace Vantage.Statistics.TTests;

/// <summary>Holds an estimate against a value, by Student's distribution.</summary>
internal sealed class StudentTest(MeanDifference difference, double value, string alternative, double confidenceLevel)
{
    private readonly bool isTested = difference.StandardError > 0;

    /// <summary>Null where the estimate has no error.</summary>
    public double? Statistic => isTested ? T : null;

    public double? DegreesOfFreedom => isTested ? difference.DegreesOfFreedom : null;

    public double? PValue => !isTested ? null : alternative switch
    {
        Alternatives.Less => Lower(T),
        Alternatives.Greater => Lower(-T),
        _ => Tails.Student(T, difference.DegreesOfFreedom),
    };

    /// <summary>A bound is null where it is infinite, and both are where the estimate has no error.</summary>
    public IReadOnlyList<double?> Interval => !isTested ? [null, null] : alternative switch
    {
        Alternatives.Less => [null, difference.Estimate + OneSided],
        Alternatives.Greater => [difference.Estimate - OneSided, null],
        _ => [difference.Estimate - TwoSided, difference.Estimate + TwoSided],
    };

    private double T => (difference.Estimate - value) / difference.StandardError;

    private double TwoSided => Tails.StudentQuantile(1 - confidenceLevel, difference.DegreesOfFreedom) * difference.StandardError;

    private double OneSided => difference.StandardError * (confidenceLevel >= 0.5
        ? Tails.StudentQuantile(2 * (1 - confidenceLevel), difference.DegreesOfFreedom)
        : -Tails.StudentQuantile(2 * confidenceLevel, difference.DegreesOfFreedom));

    /// <summary>P(T ≤ t), small tails with all their digits.</summary>
    private double Lower(double t)
    {
        var half = Tails.Student(t, difference.DegreesOfFreedom) / 2;
        return t <= 0 ? half : 1 - half;
    }
}
