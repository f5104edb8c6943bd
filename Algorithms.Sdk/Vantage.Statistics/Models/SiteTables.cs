using Vantage.Algorithms.Results;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Models;

/// <summary>Tables that many results end with.</summary>
internal static class SiteTables
{
    public static ResultTable Of(IReadOnlyList<SiteRows> sites) => new(
        "sites", ["site", "rows", "left out"], [.. sites.Select(s => (object?[])[s.Site, s.Rows, s.LeftOut])]);

    /// <summary>None where nothing was noted.</summary>
    public static IEnumerable<ResultTable> Notes(IReadOnlyList<string> notes) =>
        notes.Count == 0 ? [] : [new("notes", ["note"], [.. notes.Select(n => (object?[])[n])])];
}
