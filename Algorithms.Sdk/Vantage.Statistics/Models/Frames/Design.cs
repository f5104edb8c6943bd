using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Models.Frames;

/// <summary>
/// The columns of a model matrix by R's rules: a factor is coded by treatment contrasts (one column for each level but
/// the first) where the term without it is in the model too, and by all its levels where it is not.
/// </summary>
internal sealed class Design
{
    public const int MostColumns = 500;

    private Design(IReadOnlyList<DesignColumn> columns) => Columns = columns;

    public IReadOnlyList<DesignColumn> Columns { get; }

    /// <summary>For models whose likelihood holds no constant.</summary>
    public Design WithoutIntercept() => new([.. Columns.Where(c => c.Parts.Count > 0)]);

    /// <param name="formula">The model.</param>
    /// <param name="levels">The levels of each factor by its label; what is absent is a number.</param>
    public static Design Of(Formula formula, IReadOnlyDictionary<string, IReadOnlyList<string>> levels)
    {
        var columns = new List<DesignColumn>();
        if (formula.Intercept)
            columns.Add(new("(Intercept)", []));
        var isFull = FullCodings(formula, v => levels.ContainsKey(formula.Variables[v].Label));
        for (var t = 0; t < formula.Terms.Count && columns.Count <= MostColumns; t++)
            columns.AddRange(OfTerm(formula, levels, formula.Terms[t], v => isFull.Contains((t, v))));
        if (columns.Count > MostColumns)
            throw new ArgumentsInvalidException("formula", $"it has more than {MostColumns} coefficients.");
        if (columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
        {
            throw new ArgumentsInvalidException(
                "formula", $"two coefficients would both be called '{twice.Key}'. Rename a column or a level at the sites.");
        }

        return columns.Count > 0
            ? new(columns)
            : throw new ArgumentsInvalidException("formula", "nothing is left to estimate: no factor has a second level.");
    }

    /// <summary>
    /// Which (term, variable) are coded by all levels. As R's <c>terms</c> has it: contrasts if what remains of the term
    /// without the variable is empty or contained in an earlier term. As <c>model.matrix</c> adds: without an intercept,
    /// the first factor gets all its levels.
    /// </summary>
    private static HashSet<(int Term, int Variable)> FullCodings(Formula formula, Func<int, bool> isFactor)
    {
        var full = new HashSet<(int, int)>();
        for (var t = 0; t < formula.Terms.Count; t++)
        {
            foreach (var v in formula.Terms[t].Variables.Where(isFactor))
            {
                var rest = formula.Terms[t].Bits & ~(1UL << v);
                if (rest != 0 && !formula.Terms.Take(t).Any(earlier => earlier.Holds(rest)))
                    full.Add((t, v));
            }
        }

        if (!formula.Intercept)
        {
            var factors = formula.Terms.SelectMany((term, t) => term.Variables.Where(isFactor).Select(v => (t, v)));
            full.UnionWith(factors.Take(1));
        }

        return full;
    }

    /// <summary>All products of the columns of its variables; the first variable's columns change fastest.</summary>
    private static IEnumerable<DesignColumn> OfTerm(
        Formula formula, IReadOnlyDictionary<string, IReadOnlyList<string>> levels, Term term, Func<int, bool> isFull)
    {
        IEnumerable<DesignColumn> columns = [new("", [])];
        foreach (var v in term.Variables)
        {
            var label = formula.Variables[v].Label;
            var own = levels.TryGetValue(label, out var all)
                ? all.Select((level, i) => new DesignColumn(label + level, [new(v, i)])).Skip(isFull(v) ? 0 : 1).ToList()
                : [new(label, [new(v, DesignPart.Number)])];
            var before = columns;
            columns = own.SelectMany(o => before.Select(b => b.Times(o)));
        }

        return columns.Take(MostColumns + 1);
    }
}

/// <param name="Name">As R calls the coefficient.</param>
/// <param name="Parts">Its factors; none: it is 1 everywhere.</param>
internal sealed record DesignColumn(string Name, IReadOnlyList<DesignPart> Parts)
{
    public DesignColumn Times(DesignColumn other) =>
        Parts.Count == 0 ? other : new(Name + ":" + other.Name, [.. Parts, .. other.Parts]);
}

/// <param name="Variable">Its place among the formula's variables.</param>
/// <param name="Level">1 in rows with this level, else 0; <see cref="Number"/>: the value itself.</param>
internal readonly record struct DesignPart(int Variable, int Level)
{
    public const int Number = -1;
}
