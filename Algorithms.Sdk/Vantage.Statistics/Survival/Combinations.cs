using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Survival;

/// <summary>All combinations of the levels of some factors, the first factor changing slowest, as R's <c>strata</c> orders them.</summary>
internal sealed class Combinations
{
    /// <summary>More would be a curve for every few rows.</summary>
    public const int Most = 1000;

    private readonly IReadOnlyList<(string Name, IReadOnlyList<string> Levels)> factors;

    public Combinations(
        IEnumerable<Variable> variables, IReadOnlyDictionary<string, IReadOnlyList<string>> levels)
    {
        factors = [.. variables.Select(v => (v.Columns.First(), levels[v.Label]))];
        Count = factors.Aggregate(1L, (product, f) => product * Math.Max(1, f.Levels.Count)) is <= Most and var count
            ? (int)count
            : throw new Vantage.Algorithms.Functions.DataInvalidException(
                $"{string.Join(" and ", factors.Select(f => $"'{f.Name}'"))} have more than {Most} combinations of levels over all sites.");
    }

    public int Count { get; }

    /// <summary>As R calls the stratum: <c>sex=1, arm=b</c>; empty where there is one for all.</summary>
    public string Name(int index)
    {
        var parts = new string[factors.Count];
        for (var i = factors.Count - 1; i >= 0; i--)
        {
            parts[i] = $"{factors[i].Name}={factors[i].Levels[index % factors[i].Levels.Count]}";
            index /= factors[i].Levels.Count;
        }

        return string.Join(", ", parts);
    }

    /// <param name="code">The level of a factor in the row.</param>
    public int Of(Func<int, int> code)
    {
        var index = 0;
        for (var i = 0; i < factors.Count; i++)
            index = (index * factors[i].Levels.Count) + code(i);
        return index;
    }
}
