using Vantage.Statistics.Models;

namespace Vantage.Statistics.Crosstabs;

/// <summary>What a site has of the columns of a table.</summary>
/// <param name="Rows">Rows that take part.</param>
/// <param name="LeftOut">Rows that do not, since a value is missing.</param>
/// <param name="Columns">In the order asked for.</param>
public sealed record LevelsPartial(long Rows, long LeftOut, IReadOnlyList<ColumnLevels> Columns);

/// <param name="Holds">See <see cref="ColumnContent"/>.</param>
/// <param name="Levels">Those that rows taking part have, in no order.</param>
/// <param name="Missing">Whether some of these rows have none.</param>
public sealed record ColumnLevels(string Holds, IReadOnlyList<string> Levels, bool Missing);

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Rows that take part: the sum of the counts.</param>
/// <param name="Counts">A cell for each combination of levels; the last column's levels change fastest.</param>
public sealed record CountsPartial(long Rows, IReadOnlyList<long> Counts);
