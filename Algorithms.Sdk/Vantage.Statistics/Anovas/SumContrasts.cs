using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Models.Frames;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Anovas;

/// <summary>
/// The same model in the coding of R's <c>contr.sum</c>, in which the effects of a factor's levels sum to zero, so that a term
/// without its interactions means its average effect. Its columns are sums of those that the sites have coded by
/// treatment contrasts: nothing more is asked of them.
/// </summary>
internal static class SumContrasts
{
    private const double Tolerance = 1e-7;

    /// <summary>Each term after all others.</summary>
    public static IReadOnlyList<TermSum> AfterAllOthers(AgreedModel model, SymmetricMatrix products)
    {
        var places = model.Design.Columns.Select((c, i) => (Key: Key(c.Parts), i)).ToDictionary(c => c.Key, c => c.i);
        var columns = model.Design.Columns.Select(c => Coded(model, places, c)).ToList();
        var coded = Transform(products, columns);
        var whole = NormalEquations.Factorise(coded, Enumerable.Range(0, columns.Count), Tolerance);
        if (whole.Kept.Count < columns.Count)
        {
            throw new DataInvalidException("Sums of squares of type 3 need rows in every combination of levels, and some have"
                + " none over all sites. Ask for type 1 or 2, or leave the interaction out.");
        }

        var rest = whole.Rest(coded.Size - 1);
        return [.. model.Question.Formula.Terms.Select((_, t) =>
        {
            var others = Enumerable.Range(0, columns.Count).Where(c => TermSquares.TermOf(model, model.Design.Columns[c]) != t);
            var without = NormalEquations.Factorise(coded, others, Tolerance);
            var squares = (without.Rest(coded.Size - 1) - rest).ToDouble();
            return new TermSum(columns.Count - without.Kept.Count, Math.Max(squares, 0));
        })];
    }

    /// <summary>Which of the sites' columns, and how often each, make the column that stands in this one's place.</summary>
    private static Dictionary<int, double> Coded(
        AgreedModel model, Dictionary<string, int> places, DesignColumn column)
    {
        List<(IReadOnlyList<DesignPart> Parts, double Times)> sum = [([], 1)];
        foreach (var part in column.Parts)
            sum = [.. sum.SelectMany(s => Expand(model, part).Select(e => ((IReadOnlyList<DesignPart>)[.. s.Parts, .. e.Parts], s.Times * e.Times)))];
        var coded = new Dictionary<int, double>();
        foreach (var (parts, times) in sum)
        {
            if (!places.TryGetValue(Key(parts), out var place))
                throw Partless();
            coded[place] = coded.GetValueOrDefault(place) + times;
        }

        return coded;
    }

    /// <summary>A level's column is its indicator less that of the last level; the first level's indicator is 1 less all others.</summary>
    private static IEnumerable<(IReadOnlyList<DesignPart> Parts, double Times)> Expand(AgreedModel model, DesignPart part)
    {
        if (part.Level == DesignPart.Number)
            return [([part], 1)];
        var levels = model.Spec.Levels[model.Question.Formula.Variables[part.Variable].Label].Count;

        // A first level has a column of its own where the term without this factor is no term of the model.
        if (part.Level == 0)
            throw Partless();

        // Treatment coding has the levels 1 … n − 1, and the columns of sum coding stand in their places as 0 … n − 2.
        var own = part.Level - 1;
        IEnumerable<(IReadOnlyList<DesignPart>, double)> last = [([part with { Level = levels - 1 }], -1)];
        return own > 0
            ? last.Append(([part with { Level = own }], 1))
            : last.Append(([], 1)).Concat(Enumerable.Range(1, levels - 1).Select(
                i => ((IReadOnlyList<DesignPart>)[part with { Level = i }], -1.0)));
    }

    private static SymmetricMatrix Transform(SymmetricMatrix products, List<Dictionary<int, double>> columns)
    {
        // The outcome, the last column of the products, stays as it is.
        var all = columns.Append(new() { [products.Size - 1] = 1 }).ToList();
        var triangle = new List<DoubleDouble>(SymmetricMatrix.Length(all.Count));
        for (var i = 0; i < all.Count; i++)
        {
            for (var j = i; j < all.Count; j++)
            {
                var sum = DoubleDouble.Zero;
                foreach (var (a, times) in all[i])
                {
                    foreach (var (b, by) in all[j])
                        sum += products[a, b] * (times * by);
                }

                triangle.Add(sum);
            }
        }

        return new(all.Count, [.. triangle]);
    }

    private static ArgumentsInvalidException Partless() => new(
        "type", "3 needs each part of an interaction as a term of its own: write a * b in place of a:b.");

    private static string Key(IEnumerable<DesignPart> parts) =>
        string.Join(' ', parts.OrderBy(p => p.Variable).Select(p => $"{p.Variable}={p.Level}"));
}
