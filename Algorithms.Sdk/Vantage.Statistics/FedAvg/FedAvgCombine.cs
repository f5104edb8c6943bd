using Vantage.Algorithms.Federations;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.FedAvg;

/// <summary>What is made of the sites' answers.</summary>
internal static class FedAvgCombine
{
    /// <summary>Means and deviations over all rows; of the intercept, and of a column that does not vary, 0 and 1.</summary>
    public static (double[] Centres, double[] Scales) Scaling(AgreedModel model, IReadOnlyList<SiteValue<FedAvgMoments>> partials)
    {
        var width = model.Design.Columns.Count;
        foreach (var (site, value) in partials.Select(p => (p.Site, p.Value)))
        {
            PartialCheck.ThrowIfOtherRows(site, value.Rows, value.Used, model);
            if (!value.Weight.ArePossible(1) || !value.Sums.ArePossible(width) || !value.Squares.ArePossible(width)
                || value.Squares.Values.Append(value.Weight.Values[0]).Any(s => s < 0))
            {
                throw FrameCheck.Impossible(site, "its sums are not of this model");
            }
        }

        PartialCheck.ThrowIfNothingWeighs(model, partials.Select(p => p.Value.Used));
        var weight = ExactSums.Add(partials.Select(p => p.Value.Weight))[0];
        var means = ExactSums.Add(partials.Select(p => p.Value.Sums)).Select(s => s / weight).ToArray();
        var squares = ExactSums.Add(partials.Select(p => p.Value.Squares));
        var (centres, scales) = (new double[width], new double[width]);
        Array.Fill(scales, 1);
        for (var j = 1; j < width; j++)
        {
            var variance = ((squares[j] / weight) - (means[j] * means[j])).ToDouble();
            if (variance > 1e-28 * (squares[j] / weight).ToDouble())
                (centres[j], scales[j]) = (means[j].ToDouble(), Math.Sqrt(variance));
        }

        return (centres, scales);
    }

    /// <summary>The sites' coefficients, each by its weight of rows, and the mean loss.</summary>
    public static (double[] Coefficients, double Loss) Average(AgreedModel model, IReadOnlyList<SiteValue<FedAvgPartial>> partials)
    {
        var width = model.Design.Columns.Count;
        foreach (var (site, value) in partials.Select(p => (p.Site, p.Value)))
        {
            PartialCheck.ThrowIfOtherRows(site, value.Rows, value.Used, model);
            if (value.Coefficients.Count != width || !value.Coefficients.All(double.IsFinite) || !double.IsFinite(value.Loss)
                || !(value.Weight >= 0 && double.IsFinite(value.Weight)) || (model.Spec.Weights is null && value.Weight != value.Rows))
            {
                throw FrameCheck.Impossible(site, "its coefficients or its weight are not of this model");
            }
        }

        PartialCheck.ThrowIfNothingWeighs(model, partials.Select(p => p.Value.Used));
        var weight = Sum(p => p.Weight);
        return (
            [.. Enumerable.Range(0, width).Select(j => (Sum(p => DoubleDouble.Product(p.Weight, p.Coefficients[j])) / weight).ToDouble())],
            (Sum(p => p.Loss) / weight).ToDouble());

        // In an order that their numbers decide, so that the sites' order does not show.
        DoubleDouble Sum(Func<FedAvgPartial, DoubleDouble> part) =>
            partials.Select(p => part(p.Value)).OrderBy(p => p.High).ThenBy(p => p.Low).Aggregate(DoubleDouble.Zero, (sum, p) => sum + p);
    }
}
