using Vantage.Algorithms.Federations;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Glm;

/// <summary>Notices a partial that no table can give.</summary>
internal static class GlmCheck
{
    public static void ThrowIfImpossible(SiteValue<GlmPartial> partial, Family family, AgreedModel model)
    {
        var width = model.Design.Columns.Count;
        var value = partial.Value;
        PartialCheck.ThrowIfOtherRows(partial.Site, value.Rows, value.Used, model);
        if (!value.Information.ArePossible(SymmetricMatrix.Length(width)) || !value.Score.ArePossible(width)
            || !value.Sums.ArePossible(GlmSums.Count) || !value.Extras.ArePossible(family.Extras))
        {
            throw FrameCheck.Impossible(partial.Site, "its sums are not of this model");
        }

        PartialCheck.ThrowIfNoProducts(partial.Site, value.Information, width);
        var sums = value.Sums.Values;
        if (sums[GlmSums.Weights] < 0 || sums[GlmSums.Outcome] < 0
            || (family.IsTwoSided && sums[GlmSums.Outcome] > sums[GlmSums.Weights])
            || sums[GlmSums.Deviance] < -1e-9 * Math.Abs(sums[GlmSums.Weights]) || sums[GlmSums.Pearson] < 0)
        {
            throw FrameCheck.Impossible(partial.Site, "its sums contradict each other");
        }
    }
}
