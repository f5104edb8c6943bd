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

    /// <summary>What most of them are; null as long as they are slips.</summary>
    public Misfit? Mismatch => Misfitting >= Fewest && Misfitting > Present * Tolerance ? Misfits.MaxBy(misfit => misfit.Value).Key : null;

    /// <summary>What was found in place of what is expected. Never a value, nor how many.</summary>
    public static string Found(Misfit misfit) => misfit switch
    {
        Misfit.Type => "values of another type",
        Misfit.Level => "values that are none of its levels",
        Misfit.Range => "values outside its range",
        _ => "values that do not fit its pattern",
    };
}
