using Vantage.NodeAgent.Data.Dictionaries.Planning;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>How a variable stands at a site, in numbers of rows. They are the site's own: what leaves it is rounded or left out.</summary>
/// <param name="Rows">Of the source.</param>
/// <param name="Present">With a value in the site's own column.</param>
/// <param name="Misfits">Values that the dictionary does not allow, by why; a run finds them missing.</param>
internal sealed record VariableFindings(Variable Variable, long Rows, long Present, IReadOnlyDictionary<Misfit, long> Misfits)
{
    /// <summary>So many are a mistake in the mapping or the units, no slips.</summary>
    public const double Tolerance = 0.05;

    /// <summary>And so many at the least: fewer could be told by whether they are refused.</summary>
    public const int Fewest = 10;

    public long Misfitting => Math.Min(Present, Misfits.Values.Sum());

    public long Missing => Rows - Present;

    /// <summary>What was found in place of what is expected, in words; null as long as it is slips. Never a value, nor how many.</summary>
    public string? Wrong =>
        IsMistake(Misfitting, Present) ? Words(Misfits.MaxBy(misfit => misfit.Value).Key)
        : Variable.Required && IsMistake(Missing, Rows) ? "rows without a value, though one is required"
        : null;

    private static bool IsMistake(long some, long of) => some >= Fewest && some > of * Tolerance;

    private static string Words(Misfit misfit) => misfit switch
    {
        Misfit.Type => "values of another type",
        Misfit.Level => "values that are none of its levels",
        Misfit.Range => "values outside its range",
        _ => "values that do not fit its pattern",
    };
}
