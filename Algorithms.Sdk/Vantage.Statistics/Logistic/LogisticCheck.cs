using Vantage.Algorithms.Federations;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Logistic;

/// <summary>Notices a partial that no table can give.</summary>
internal static class LogisticCheck
{
    public static void ThrowIfImpossible(SiteValue<LogisticPartial> partial, AgreedModel model)
    {
        var width = model.Design.Columns.Count;
        var value = partial.Value;
        PartialCheck.ThrowIfOtherRows(partial.Site, value.Rows, value.Used, model);
        if (!value.Information.ArePossible(SymmetricMatrix.Length(width)) || !value.Score.ArePossible(width)
            || !value.Sums.ArePossible(LogisticSums.Count))
        {
            throw FrameCheck.Impossible(partial.Site, "its sums are not of this model");
        }

        PartialCheck.ThrowIfNoProducts(partial.Site, value.Information, width);
        var sums = value.Sums.Values;
        if (sums[LogisticSums.Weights] < 0 || sums[LogisticSums.Successes] < 0
            || sums[LogisticSums.Successes] > sums[LogisticSums.Weights] || sums[LogisticSums.Deviance] < 0
            || !Counts(value.Wrong, value.Used) || !Counts(value.Along, value.Used) || !Counts(value.Against, value.Used))
        {
            throw FrameCheck.Impossible(partial.Site, "its sums contradict each other");
        }
    }

    private static bool Counts(long count, long rows) => count >= 0 && count <= rows;
}
