using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Correlations;

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Rows of the table; at least 1.</param>
/// <param name="Blocks">
/// One over the complete rows; or pairwise one for each pair of columns: the first with the second, third …, then the second
/// with the third ….
/// </param>
public sealed record ProductsPartial(long Rows, IReadOnlyList<ProductsBlock> Blocks);

/// <param name="Count">Rows in which none of the block's columns is missing.</param>
/// <param name="Products">
/// The upper triangle, row by row, of Z'Z over these rows, where Z is a column of ones followed by the block's columns.
/// </param>
public sealed record ProductsBlock(long Count, ExactSums Products);
