using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Models.Frames;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Anovas;

/// <param name="Degrees">Of freedom.</param>
/// <param name="Squares">What the term explains, in the square of the outcome's unit.</param>
internal readonly record struct TermSum(long Degrees, double Squares);

/// <summary>
/// What the terms of a model explain: differences of the residual sums of squares of models with and without them. In twice
/// the digits of a double, these differences are as good as the orthogonal effects that R adds up.
/// </summary>
internal sealed class TermSquares
{
    /// <summary>R's <c>lm</c> has the same.</summary>
    private const double Tolerance = 1e-7;

    private readonly AgreedModel model;
    private readonly SymmetricMatrix products;
    private readonly int[] termOf;
    private readonly NormalEquations whole;

    public TermSquares(AgreedModel model, SymmetricMatrix products)
    {
        (this.model, this.products) = (model, products);
        termOf = [.. model.Design.Columns.Select(c => TermOf(model, c))];
        whole = Fit(_ => true);
    }

    public double Residual => Rest(whole).ToDouble();

    public double Total => Rest(Fit(t => t < 0)).ToDouble();

    public int Rank => whole.Kept.Count;

    public IReadOnlyList<string> Collinear =>
        [.. model.Design.Columns.Where((_, i) => !whole.Kept.Contains(i)).Select(c => c.Name)];

    private int Terms => model.Question.Formula.Terms.Count;

    /// <summary>Each term after those before it.</summary>
    public IReadOnlyList<TermSum> Sequential() =>
        [.. Enumerable.Range(0, Terms).Select(t => Between(Fit(o => o < t), Fit(o => o <= t)))];

    /// <summary>Each term after all that do not contain it.</summary>
    public IReadOnlyList<TermSum> AfterThoseWithoutIt() => [.. Enumerable.Range(0, Terms).Select(t =>
    {
        var bits = model.Question.Formula.Terms[t].Bits;
        bool Without(int o) => o < 0 || !model.Question.Formula.Terms[o].Holds(bits);
        return Between(Fit(Without), Fit(o => o == t || Without(o)));
    })];

    /// <summary>The term that a column of the model belongs to; −1 for the intercept.</summary>
    public static int TermOf(AgreedModel model, DesignColumn column)
    {
        var bits = column.Parts.Aggregate(0UL, (all, part) => all | (1UL << part.Variable));
        return model.Question.Formula.Terms.ToList().FindIndex(t => t.Bits == bits);
    }

    private NormalEquations Fit(Func<int, bool> hasTerm) => NormalEquations.Factorise(
        products, Enumerable.Range(0, termOf.Length).Where(c => hasTerm(termOf[c])), Tolerance);

    private TermSum Between(NormalEquations without, NormalEquations with) =>
        new(with.Kept.Count - without.Kept.Count, Math.Max((Rest(without) - Rest(with)).ToDouble(), 0));

    private DoubleDouble Rest(NormalEquations fit) => fit.Rest(products.Size - 1);
}
