using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Regressions;
using Vantage.Tests.Architecture;

namespace Statistics.Tests;

/// <summary>Federated models against those that R's lm and glm fit to the pooled rows.</summary>
public sealed class RegressionReferenceTests
{
    private const double Tolerance = 1e-9;

    private static readonly JsonElement Cases =
        JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/models.json"));

    public static TheoryData<string, int> Splits => new()
    {
        { "dealt", 1 }, { "dealt", 3 }, { "dealt", 7 }, { "blocks", 3 }, { "blocks", 7 }, { "uneven", 3 }, { "uneven", 7 },
    };

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task LinearModels_AreThoseOfR(string split, int sites) => await AssertAllAsync("gaussian", split, sites);

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task LogisticModels_AreThoseOfR(string split, int sites) => await AssertAllAsync("binomial", split, sites);

    private static async Task AssertAllAsync(string family, string split, int count)
    {
        var differences = new List<string>();
        foreach (var expected in Cases.EnumerateArray().Where(c => c.GetProperty("family").GetString() == family))
        {
            using var sites = Sites.Split(Sites.PathOf(expected.GetProperty("data").GetString()!), split, count);
            var result = await FitAsync(sites.Federation, expected);
            differences.AddRange(new Comparison(expected, result).Differences()
                .Select(d => $"{expected.GetProperty("formula").GetString()}: {d}"));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>By way of JSON, as any client gets it.</summary>
    private static async Task<RegressionResult> FitAsync(IFederation federation, JsonElement asked)
    {
        var arguments = new Dictionary<string, JsonElement>();
        foreach (var name in (string[])["formula", "weights", "reference", "confidenceLevel"])
            arguments[name] = asked.GetProperty(name);
        CentralFunction central =
            asked.GetProperty("family").GetString() == "gaussian" ? LinearModel.Central : LogisticModel.Central;
        var json = await central.InvokeAsync(
            federation, JsonSerializer.SerializeToUtf8Bytes(arguments), TestContext.Current.CancellationToken);
        return central == LinearModel.Central
            ? json.Deserialize(LinearModel.Central.Result)!
            : json.Deserialize(LogisticModel.Central.Result)!;
    }

    private sealed class Comparison(JsonElement expected, RegressionResult actual)
    {
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
}
