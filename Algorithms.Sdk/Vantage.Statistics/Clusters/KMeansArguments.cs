using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Products;

namespace Vantage.Statistics.Clusters;

/// <param name="Columns">Columns of numbers. Their units matter: distances are Euclid's.</param>
/// <param name="Clusters">How many; need not be told where <paramref name="Centres"/> are.</param>
/// <param name="Centres">Where to start: for each cluster a value for each column. Not rows of anybody.</param>
/// <param name="Seed">
/// Without centres, starts are drawn from the normal distribution with the means and covariances of the columns, which holds no
/// rows. The same seed draws the same starts.
/// </param>
/// <param name="Starts">How many starts are drawn; the best ends are told.</param>
/// <param name="MaxIterations">After which a start counts as not converged.</param>
public sealed record KMeansArguments(
    [property: ColumnNames]
    [property: Description("Columns of numbers.")]
    IReadOnlyList<string> Columns,
    [property: Description("How many clusters; leave out where centres are given.")] int? Clusters = null,
    [property: Description("Centres to start from: for each cluster a value for each column.")]
    IReadOnlyList<IReadOnlyList<double>>? Centres = null,
    [property: Description("Of the drawn starts; 1 unless told.")] int Seed = 1,
    [property: Description("How many starts to draw; 10 unless told.")] int Starts = 10,
    [property: Description("Rounds after which to give up; 100 unless told.")] int MaxIterations = 100) : IArguments
{
    internal int Count => Centres?.Count ?? Clusters ?? 0;

    /// <inheritdoc/>
    public void Check()
    {
        NumberColumns.ThrowIfNone(Columns);
        if (Centres is not null)
            KMeansStep.ThrowIfNoCentres(Centres, Columns.Count);
        if (Centres is not null && Clusters is { } told && told != Centres.Count)
            throw new ArgumentsInvalidException("clusters", $"{Centres.Count} centres are given.");
        if (Count is < 1 or > KMeansStep.MostClusters)
            throw new ArgumentsInvalidException("clusters", $"between 1 and {KMeansStep.MostClusters}, or give 'centres'.");
        if (Starts is < 1 or > KMeansStep.MostStarts)
            throw new ArgumentsInvalidException("starts", $"between 1 and {KMeansStep.MostStarts}.");
        if (MaxIterations is < 1 or > 1000)
            throw new ArgumentsInvalidException("maxIterations", "between 1 and 1000.");
    }
}

/// <summary>What a site is asked in each round.</summary>
/// <param name="Columns">Columns of numbers.</param>
/// <param name="Starts">For each start that is under way: for each cluster its centre.</param>
public sealed record KMeansStep(
    [property: ColumnNames]
    [property: Description("Columns of numbers.")]
    IReadOnlyList<string> Columns,
    [property: Description("The centres of each start.")]
    IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Starts) : IArguments
{
    internal const int MostClusters = 100;
    internal const int MostStarts = 100;

    /// <inheritdoc/>
    public void Check()
    {
        NumberColumns.ThrowIfNone(Columns);
        if (Starts.Count is 0 or > MostStarts)
            throw new ArgumentsInvalidException("starts", $"between 1 and {MostStarts}.");
        foreach (var centres in Starts)
            ThrowIfNoCentres(centres, Columns.Count);
    }

    internal static void ThrowIfNoCentres(IReadOnlyList<IReadOnlyList<double>> centres, int columns)
    {
        if (centres.Count is 0 or > MostClusters || centres.Any(c => c.Count != columns || c.Any(x => !double.IsFinite(x))))
            throw new ArgumentsInvalidException("centres", $"for each cluster {columns} finite numbers, one for each column.");
        if (centres.Select(c => string.Join(' ', c.Select(x => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture))))
            .Distinct(StringComparer.Ordinal).Count() < centres.Count)
        {
            throw new ArgumentsInvalidException("centres", "two of them are the same.");
        }
    }
}
