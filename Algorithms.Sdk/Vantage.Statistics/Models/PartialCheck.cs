using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Models;

/// <summary>What the partials of all models must have in common.</summary>
internal static class PartialCheck
{
    public static void ThrowIfOtherRows(string site, long rows, long used, AgreedModel model)
    {
        var agreed = model.Sites.Single(s => s.Site == site).Rows;
        if (rows != agreed)
        {
            throw new DataInvalidException(
                $"{site} had {agreed} complete rows when the sites agreed on the model and has {rows} now. Its data have"
                + " changed meanwhile: ask again.");
        }

        if (used < 0 || used > rows || (model.Spec.Weights is null && used != rows))
            throw FrameCheck.Impossible(site, "it uses another number of rows than it has");
    }

    public static void ThrowIfNothingWeighs(AgreedModel model, IEnumerable<long> used)
    {
        if (used.Sum() == 0)
        {
            throw new DataInvalidException(
                $"Every complete row of all sites has the weight 0 in column '{model.Spec.Weights}': there is nothing to compute with.");
        }
    }

    /// <summary>Sums of squares are not negative, and no sum of products is larger than those of its two columns allow.</summary>
    public static void ThrowIfNoProducts(string site, ExactSums sums, int size)
    {
        const double slack = 1 + 1e-9;
        var products = new SymmetricMatrix(size, [.. Enumerable.Range(0, sums.Values.Count).Select(i => sums[i])]);
        for (var i = 0; i < size; i++)
        {
            var own = products[i, i].High;
            for (var j = i; j < size; j++)
            {
                if (own < 0 || Math.Abs(products[i, j].High) > Math.Sqrt(own) * Math.Sqrt(Math.Max(products[j, j].High, 0)) * slack)
                    throw FrameCheck.Impossible(site, "its sums of products contradict each other");
            }
        }
    }
}
