using System.Text.Json;
using Vantage.Statistics.Linear;
using Vantage.Statistics.NegativeBinomial;
using Vantage.Statistics.Regressions;

namespace Statistics.Tests;

/// <summary>Where a model differs from R's by more than a relative 1e-9.</summary>
internal sealed class ModelComparison(JsonElement expected, RegressionResult actual)
{
    private const double Tolerance = 1e-9;

    private readonly List<string> differences = [];

    public List<string> Differences()
    {
        string[] names = [.. expected.GetProperty("names").EnumerateArray().Select(n => n.GetString()!)];
        if (!names.SequenceEqual(actual.Coefficients.Keys))
            return [$"names {string.Join(' ', names)} / {string.Join(' ', actual.Coefficients.Keys)}"];
        Exact("rows", actual.Rows);
        Exact("leftOut", actual.LeftOut);
        Exact("degreesOfFreedom", actual.DegreesOfFreedom);
        string[] collinear = [.. expected.GetProperty("collinear").EnumerateArray().Select(n => n.GetString()!)];
        if (!collinear.SequenceEqual(actual.Collinear) || actual.Separation is not null || !actual.Converged)
            differences.Add($"collinear {string.Join(' ', actual.Collinear)}, {actual.Separation}, {actual.Converged}");
        All("coefficients", actual.Coefficients.Values, Error);
        All("standardErrors", actual.StandardErrors.Values);
        All("statistics", actual.Statistics.Values, _ => 1);
        All("pValues", actual.PValues.Values);
        All("lower", actual.ConfidenceIntervals.Values.Select(i => i?[0]), Error);
        All("upper", actual.ConfidenceIntervals.Values.Select(i => i?[1]), Error);
        foreach (var (row, values) in expected.GetProperty("covariance").EnumerateArray().Index())
            All("covariance", values, actual.Covariance[row], scale: i => Error(row) * Error(i));
        One("deviance", actual.Deviance);
        One("nullDeviance", actual.NullDeviance);
        One("logLikelihood", actual.LogLikelihood);
        One("aic", actual.Aic);
        One("bic", actual.Bic);
        if (actual is LinearResult linear)
            Linear(linear);
        if (expected.TryGetProperty("dispersion", out _))
            One("dispersion", actual.Dispersion);
        if (actual is NegativeBinomialResult counts)
        {
            One("theta", counts.Theta);
            One("thetaStandardError", counts.ThetaStandardError);
            One("twoLogLikelihood", counts.TwoLogLikelihood);
        }

        return differences;
    }

    private void Linear(LinearResult linear)
    {
        One("rSquared", linear.RSquared);
        One("adjustedRSquared", linear.AdjustedRSquared);
        One("residualStandardError", linear.ResidualStandardError);
        var f = expected.GetProperty("fStatistic");
        if ((f.ValueKind == JsonValueKind.Null) != (linear.FStatistic is null))
            differences.Add("one of the F statistics is missing");
        if (linear.FStatistic is not { } own || f.ValueKind == JsonValueKind.Null)
            return;
        Close("F", f.GetProperty("value"), own.Value);
        Close("F df", f.GetProperty("numerator"), own.Numerator);
        Close("F df", f.GetProperty("denominator"), own.Denominator);
        Close("F p", f.GetProperty("pValue"), own.PValue);
    }

    /// <summary>What lies near zero is compared by the error of the estimate.</summary>
    private double Error(int i) => actual.StandardErrors.Values.ElementAt(i) ?? 0;

    private void Exact(string name, long value)
    {
        if (expected.GetProperty(name).GetInt64() != value)
            differences.Add($"{name} {expected.GetProperty(name)} / {value}");
    }

    private void One(string name, double? value) => Close(name, expected.GetProperty(name), value);

    private void All(string name, IEnumerable<double?> values, Func<int, double>? scale = null) =>
        All(name, expected.GetProperty(name), values, scale ?? (_ => 0));

    private void All(string name, JsonElement all, IEnumerable<double?> values, Func<int, double> scale)
    {
        foreach (var (i, pair) in all.EnumerateArray().Zip(values).Index())
            Close(name, pair.First, pair.Second, scale(i));
    }

    private void Close(string name, JsonElement value, double? own, double scale = 0)
    {
        if (value.ValueKind == JsonValueKind.Null && own is null)
            return;
        var wanted = value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();
        var difference = Math.Abs(wanted - (own ?? double.NaN));
        if (!(difference <= Tolerance * Math.Max(Math.Abs(wanted), scale)))
            differences.Add($"{name}: R {wanted:R}, federated {own:R}, {difference / Math.Abs(wanted):E1}");
    }
}
