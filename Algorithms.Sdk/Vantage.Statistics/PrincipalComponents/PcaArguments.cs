using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Products;

namespace Vantage.Statistics.PrincipalComponents;

/// <param name="Columns">Columns of numbers.</param>
/// <param name="Center">Whether the mean of each column is taken from it, as <c>prcomp</c> does unless told.</param>
/// <param name="Scale">Whether each column is divided by its standard deviation, so that its unit does not matter.</param>
public sealed record PcaArguments(
    [property: ColumnNames]
    [property: Description("Columns of numbers.")]
    IReadOnlyList<string> Columns,
    [property: Description("Whether to take the means out first; true unless told.")] bool Center = true,
    [property: Description("Whether to divide by the standard deviations; false unless told.")] bool Scale = false) : IArguments
{
    /// <inheritdoc/>
    public void Check() => NumberColumns.ThrowIfNone(Columns);
}
