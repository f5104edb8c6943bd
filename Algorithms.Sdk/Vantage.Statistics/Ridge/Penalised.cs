using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Ridge;

/// <summary>Normal equations with a penalty on the diagonal.</summary>
internal sealed class Penalised
{
    /// <summary>R's, where there is no penalty and columns may determine each other.</summary>
    private const double Tolerance = 1e-7;

    private readonly IReadOnlyList<int> columns;
    private readonly Func<int, int, DoubleDouble> product;

    /// <param name="columns">Which columns.</param>
    /// <param name="product">Of two of them, without the penalty.</param>
    /// <param name="penalty">Of one of them.</param>
    public Penalised(IReadOnlyList<int> columns, Func<int, int, DoubleDouble> product, Func<int, double> penalty)
    {
        (this.columns, this.product) = (columns, product);
        var triangle = new List<DoubleDouble>();
        for (var i = 0; i < columns.Count; i++)
        {
            for (var j = i; j < columns.Count; j++)
                triangle.Add(product(columns[i], columns[j]) + (i == j ? penalty(columns[i]) : 0));
        }

        var isFree = columns.All(c => penalty(c) == 0);
        Equations = NormalEquations.Factorise(
            new(columns.Count, [.. triangle]), Enumerable.Range(0, columns.Count), isFree ? Tolerance : 0);
    }

    private NormalEquations Equations { get; }

    /// <summary>By column; those that others determine are absent, which needs a penalty of 0.</summary>
    public Dictionary<int, DoubleDouble> Solve(Func<int, DoubleDouble> right) =>
        Equations.Kept.Zip(Equations.Solve(i => right(columns[i]))).ToDictionary(s => columns[s.First], s => s.Second);

    /// <summary>The trace of what maps the outcome to the fitted values.</summary>
    public double EffectiveParameters()
    {
        var inverse = Equations.Inverse();
        var kept = Equations.Kept;
        var trace = 0.0;
        for (var i = 0; i < kept.Count; i++)
        {
            for (var j = 0; j < kept.Count; j++)
                trace += inverse[i, j] * product(columns[kept[i]], columns[kept[j]]).ToDouble();
        }

        return trace;
    }
}
