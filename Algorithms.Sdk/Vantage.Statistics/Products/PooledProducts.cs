using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Products;

/// <summary>How columns vary together over the rows of all sites.</summary>
internal sealed class PooledProducts
{
    private readonly SymmetricMatrix products;

    private PooledProducts(SymmetricMatrix products, long rows, IReadOnlyList<SiteRows> sites, IReadOnlyList<string> notes) =>
        (this.products, Rows, Sites, Notes) = (products, rows, sites, notes);

    /// <summary>That take part.</summary>
    public long Rows { get; }

    public IReadOnlyList<SiteRows> Sites { get; }

    public IReadOnlyList<string> Notes { get; }

    public static async Task<PooledProducts> AskAsync(
        IFederation federation, Algorithm algorithm, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var partials = (await federation.RunAsync(
            algorithm, ColumnProducts.Partial, new ColumnProductsArguments(columns), cancellationToken)).All();
        foreach (var partial in partials)
            ThrowIfImpossible(partial, columns.Count + 1);
        string[] notes = [.. partials.SelectMany(p => p.Value.Suppressed.Select(s => s.Note(p.Site)))];
        var told = partials.Where(p => p.Value.Products is not null).Select(p => p.Value).ToList();
        var rows = told.Sum(p => p.Rows);
        if (rows < 2)
        {
            throw new DataInvalidException("The sites have fewer than two rows without a missing value in "
                + string.Join(", ", columns) + ", or may not speak of them. " + string.Join(" ", notes));
        }

        return new(
            new(columns.Count + 1, ExactSums.Add(told.Select(p => p.Products!))),
            rows,
            [.. partials.Select(p => new SiteRows(p.Site, p.Value.Rows, p.Value.LeftOut))],
            notes);
    }

    public DoubleDouble Mean(int column) => products[0, column + 1] / Rows;

    /// <summary>Σ (x − m)(y − m) / (n − 1) about the means, or about zero.</summary>
    public DoubleDouble Covariance(int i, int j, bool centred) =>
        (products[i + 1, j + 1] - (centred ? products[0, i + 1] * products[0, j + 1] / Rows : DoubleDouble.Zero)) / (Rows - 1);

    /// <summary>Whether a column does not vary, but for rounding.</summary>
    public bool IsConstant(int column) =>
        Covariance(column, column, centred: true).ToDouble() <= 1e-26 * products[column + 1, column + 1].ToDouble();

    private static void ThrowIfImpossible(SiteValue<ColumnProductsPartial> partial, int size)
    {
        var value = partial.Value;
        if (value.Rows is < 0 or > FrameCheck.MostRows || value.LeftOut is < 0 or > FrameCheck.MostRows)
            throw FrameCheck.Impossible(partial.Site, "its counts contradict each other");
        if (value.Products is null)
        {
            if (value.Suppressed.Count == 0)
                throw FrameCheck.Impossible(partial.Site, "it does not say what it held back");
            return;
        }

        if (!value.Products.ArePossible(SymmetricMatrix.Length(size)) || value.Products.Values[0] != value.Rows)
            throw FrameCheck.Impossible(partial.Site, "its sums are not of these columns");
        PartialCheck.ThrowIfNoProducts(partial.Site, value.Products, size);
    }
}
