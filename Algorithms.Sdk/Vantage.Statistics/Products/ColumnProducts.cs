using System.ComponentModel;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Products;

/// <param name="Columns">Columns of numbers, each once.</param>
public sealed record ColumnProductsArguments(
    [property: ColumnNames]
    [property: Description("Columns of numbers.")]
    IReadOnlyList<string> Columns) : IArguments
{
    /// <inheritdoc/>
    public void Check() => NumberColumns.ThrowIfNone(Columns);
}

/// <summary>How the columns of a site vary together, over the rows in which none of them is missing.</summary>
/// <param name="Rows">Of these; none where the site's rules let it speak of no so few.</param>
/// <param name="LeftOut">Other rows, blurred by the site's rules.</param>
/// <param name="Products">
/// The upper triangle, row by row, of Z'Z, where Z is a column of ones followed by the columns; null where it is held back.
/// </param>
/// <param name="Suppressed">What was held back.</param>
public sealed record ColumnProductsPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Blurred)] long LeftOut,
    [property: Discloses(DisclosureKind.Products)] ExactSums? Products,
    IReadOnlyList<Suppressed> Suppressed);

/// <summary>One pass over the rows.</summary>
internal static class ColumnProducts
{
    public static PartialFunction<ColumnProductsArguments, ColumnProductsPartial> Partial { get; } = Function.Partial(
        "products",
        "Sums, and sums of products, of columns at one site.",
        StatisticsJson.Default.ColumnProductsArguments,
        StatisticsJson.Default.ColumnProductsPartial,
        (context, arguments, data, cancellationToken) =>
            ComputeAsync(arguments, data.Single, context.Disclosure, cancellationToken));

    private static async Task<ColumnProductsPartial> ComputeAsync(
        ColumnProductsArguments arguments, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var reader = new NumberRows(table, arguments.Columns);
        var width = arguments.Columns.Count;
        var products = new CrossProducts(width + 1);
        var values = new TwoValues[width];
        var contributions = new Contributions[width];
        var row = new double[width + 1];
        row[0] = 1;
        var rows = 0L;
        await foreach (var x in reader.ReadAsync(cancellationToken))
        {
            rows++;
            for (var i = 0; i < width; i++)
            {
                row[i + 1] = x[i];
                values[i].Add(x[i]);
                contributions[i].Add(x[i]);
            }

            products.Add(row, 1);
        }

        if (rows + reader.LeftOut == 0)
            throw new DataInvalidException($"'{table.Label}' has no rows.");
        var leftOut = rules.Blur(reader.LeftOut);
        if (!rules.MaySpeakOf(rows))
            return new(0, leftOut, null, [new(SuppressionRules.MinimumCell, 1)]);
        if ((Against(rules, rows, values, contributions) ?? (ProductCounts.AreTooFew(
            rules, rows, [.. products.Total.Select(p => p.High)], width + 1) ? SuppressionRules.MinimumCell : null)) is { } rule)
            return new(rows, leftOut, null, [new(rule, 1)]);
        return products.Total.All(p => p.IsFinite)
            ? new(rows, leftOut, ExactSums.Of(products.Total), [])
            : throw new DataInvalidException(
                $"Columns of '{table.Label}' hold values that are too large for sums of squares in double precision.");
    }

    private static string? Against(DisclosureRules rules, long rows, TwoValues[] values, Contributions[] contributions) =>
        rules.IsOff || rows == 0 ? null
            : rules.AgainstModel(rows, values.Length + 1)
                ?? (values.Any(v => v.IsAgainst(rules)) ? SuppressionRules.MinimumCell : null)
                ?? contributions.Select(c => c.Against(rules)).FirstOrDefault(r => r is not null);
}
