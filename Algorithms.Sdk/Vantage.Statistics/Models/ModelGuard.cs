using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models.Frames;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Models;

/// <summary>
/// Follows the rows that a site's sums are made of, and says whether its rules let those sums leave. In sums of products the
/// entry of a level is its number of rows, and that of a number its total: neither may be told of too few rows.
/// </summary>
internal sealed class ModelGuard(DisclosureRules rules, ModelSpec spec, SiteModel model)
{
    private readonly Design design = model.Design;
    private readonly IReadOnlyList<(FactorSlot Slot, long[] Rows)> factors =
        [.. model.Frame.Variables.OfType<FactorSlot>().Select(f => (f, new long[LevelIndex.Most]))];

    private readonly TwoValues[] columns = new TwoValues[model.Design.Columns.Count];
    private readonly Contributions[] sums = new Contributions[model.Design.Columns.Count];

    /// <summary>Of the sums of squares, in which one row sticks out sooner than in the sum.</summary>
    private readonly Contributions[] squares = new Contributions[model.Design.Columns.Count];
    private readonly PairCounts pairs = new(model.Design.Columns.Count);
    private TwoValues outcomes;
    private Contributions outcomeSum;
    private Contributions outcomeSquares;

    /// <param name="x">A row of the model matrix that counts.</param>
    /// <param name="y">Its outcome.</param>
    /// <param name="row">Its place in the batch.</param>
    public void Add(ReadOnlySpan<double> x, double y, int row)
    {
        if (rules.IsOff)
            return;
        for (var j = 0; j < x.Length; j++)
        {
            columns[j].Add(x[j]);
            sums[j].Add(x[j]);
            squares[j].Add(x[j] * x[j]);
        }

        pairs.Add(x);
        foreach (var (slot, rows) in factors)
            rows[slot.Codes[row]]++;
        outcomes.Add(y);
        outcomeSum.Add(y);
        outcomeSquares.Add(y * y);
    }

    /// <param name="rows">Complete rows.</param>
    /// <param name="used">Those that count.</param>
    /// <param name="products">The upper triangle of Z'Z that would leave, Z wider than the model matrix: it counts as so many parameters.</param>
    /// <returns>Null where they may.</returns>
    public Suppressed? Against(long rows, long used, IReadOnlyList<DoubleDouble> products)
    {
        if (rules.IsOff)
            return null;
        var size = SymmetricMatrix.SizeOf(products.Count);
        return Against(rows, used, products.Count)
            ?? (rules.AgainstModel(used, size) is { } saturated ? new Suppressed(saturated, products.Count) : null)
            ?? (ProductCounts.AreTooFew(rules, used, [.. products.Select(p => p.High)], size) ? new Suppressed(SuppressionRules.MinimumCell, products.Count) : null);
    }

    /// <param name="rows">Complete rows.</param>
    /// <param name="used">Those that count.</param>
    /// <param name="numbers">How many numbers would leave.</param>
    /// <returns>Null where they may.</returns>
    public Suppressed? Against(long rows, long used, int numbers)
    {
        if (rules.IsOff)
            return null;
        var formula = Formula.Parse(spec.Formula);
        if (model.Frame.HasUnknown || (rows > used && !rules.MayShow(rows - used)))
            return new(SuppressionRules.MinimumCell, numbers);
        // How many rows have no weight is a count, and would leave rounded; the estimates' degrees of freedom take it exactly.
        if (rows > used && rules.Rounding > 1)
            return new(SuppressionRules.Rounding, numbers);
        if (rules.AgainstModel(used, design.Columns.Count) is { } saturated)
            return new(saturated, numbers);
        if (outcomes.IsAgainst(rules))
            return new(SuppressionRules.MinimumCell, numbers, formula.Outcome.Label);
        foreach (var (slot, rowsOf) in factors)
        {
            if (FrameFunction.Against(rules, slot.Variable.Label, rowsOf, used) is { } few)
                return few with { Values = numbers };
        }

        for (var j = 0; j < columns.Length; j++)
        {
            if (columns[j].IsAgainst(rules))
                return new(SuppressionRules.MinimumCell, numbers, NameOf(formula, j));
            if ((sums[j].Against(rules) ?? squares[j].Against(rules)) is { } column)
                return new(column, numbers, NameOf(formula, j));
        }

        if (pairs.AreTooFew(rules))
            return new(SuppressionRules.MinimumCell, numbers);
        return (outcomeSum.Against(rules) ?? outcomeSquares.Against(rules)) is { } sum ? new(sum, numbers, formula.Outcome.Label) : null;
    }

    /// <summary>As the asker wrote it: a level is not for telling here, and what is crossed by '*' stands in no text of theirs.</summary>
    private string? NameOf(Formula formula, int column) => design.Columns[column].Parts is [var part] ? formula.Variables[part.Variable].Label : null;
}
