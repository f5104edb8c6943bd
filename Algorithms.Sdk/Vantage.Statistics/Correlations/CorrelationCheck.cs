using Vantage.Algorithms.Federations;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Correlations;

/// <summary>Notices a partial that no table can give.</summary>
internal static class CorrelationCheck
{
    public static void ThrowIfImpossible(SiteValue<ProductsPartial> partial, IReadOnlyList<IReadOnlyList<int>> blocks)
    {
        var (site, value) = (partial.Site, partial.Value);
        if (value.Rows < (value.IsBlurred ? 0 : 1) || value.Rows > FrameCheck.MostRows || value.Blocks.Count != blocks.Count
            || value.Blocks.Any(b => b.Count is < 0 or > FrameCheck.MostRows || (!value.IsBlurred && b.Count > value.Rows)))
            throw FrameCheck.Impossible(site, "its counts contradict each other");
        foreach (var (block, columns) in value.Blocks.Zip(blocks))
        {
            var size = columns.Count + 1;
            if (!block.Products.ArePossible(SymmetricMatrix.Length(size)) || block.Products.Values[0] != block.Count)
                throw FrameCheck.Impossible(site, "its sums are not of these columns");
            PartialCheck.ThrowIfNoProducts(site, block.Products, size);
        }
    }
}
