using Vantage.NodeAgent.Disclosure.Memory.Sketches;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>The rows of one source that an answer may be about: those the run was given, and those of them that lack nothing.</summary>
/// <param name="Dataset">The source's id.</param>
/// <param name="All">Those given.</param>
/// <param name="Complete">Those without a missing value in what was asked for; null if that is not looked at, or the same.</param>
internal sealed record RowScope(string Dataset, RowSketch All, RowSketch? Complete = null)
{
    private IEnumerable<RowSketch> Sets => Complete is null ? [All] : [All, Complete];

    /// <summary>Whether it tells of the same rows as an earlier one: asking again gives nothing that is not known.</summary>
    public bool IsSame(RowScope other) => All.IsSame(other.All)
        && (Complete is null ? other.Complete is null : other.Complete is { } theirs && Complete.IsSame(theirs));

    /// <summary>Whether something of the one and something of the other together tell of too few rows.</summary>
    public bool TellsWith(RowScope other, int enough) =>
        Sets.Any(set => other.Sets.Any(theirs => set.Against(theirs, enough) == RowDifference.Few));
}
