using Vantage.Algorithms.Federations;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Linear;

/// <summary>Notices a partial that no table can give.</summary>
internal static class LinearCheck
{
    public static void ThrowIfImpossible(SiteValue<LinearPartial> partial, AgreedModel model)
    {
        var size = LinearPartial.Size(model.Design.Columns.Count, model.Question.Formula.Offsets.Count > 0);
        var value = partial.Value;
        PartialCheck.ThrowIfOtherRows(partial.Site, value.Rows, value.Used, model);
        if (!value.LogWeights.ArePossible(1) || !value.Products.ArePossible(SymmetricMatrix.Length(size)))
            throw FrameCheck.Impossible(partial.Site, "its sums are not of this model");
        PartialCheck.ThrowIfNoProducts(partial.Site, value.Products, size);
    }
}
