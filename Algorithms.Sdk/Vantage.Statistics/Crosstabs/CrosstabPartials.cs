using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Crosstabs;

/// <summary>What a site has of the columns of a table.</summary>
/// <param name="Rows">Rows that take part.</param>
/// <param name="LeftOut">Rows that do not, since a value is missing; blurred by disclosure control.</param>
/// <param name="Columns">In the order asked for.</param>
public sealed record LevelsPartial(
    [property: Discloses(DisclosureKind.Rows, Rounded = true)] long Rows,
    [property: Discloses(DisclosureKind.Blurred)] long LeftOut,
    IReadOnlyList<ColumnLevels> Columns)
{
    /// <summary>What the site holds back: then it tells of no rows and no levels, and takes no part.</summary>
    [Discloses(DisclosureKind.Suppressed)]
    public IReadOnlyList<Suppressed>? Suppressed { get; init; }

    /// <summary>To multiples of what the node rounds counts; null where they are exact.</summary>
    [Discloses(DisclosureKind.Rounding)]
    public int? Rounding { get; init; }
}

/// <param name="Holds">See <see cref="ColumnContent"/>.</param>
/// <param name="Levels">Those that rows taking part have, in no order.</param>
/// <param name="Missing">Whether some of these rows have none.</param>
public sealed record ColumnLevels(
    [property: Discloses(DisclosureKind.Word, Words = [ColumnContent.Numbers, ColumnContent.Text, ColumnContent.Nothing])] string Holds,
    [property: Discloses(DisclosureKind.Levels)] IReadOnlyList<string> Levels,
    [property: Discloses(DisclosureKind.Word)] bool Missing);

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Rows that take part: the sum of the counts.</param>
/// <param name="Counts">
/// A cell for each combination of levels, null where it is held back; the last column's levels change fastest.
/// </param>
public sealed record CountsPartial(
    [property: Discloses(DisclosureKind.Rows, Rounded = true)] long Rows,
    [property: Discloses(DisclosureKind.Cells, Shape = "sizes", Evidence = "all")] IReadOnlyList<long?> Counts)
{
    /// <summary>Levels of each column; null where nothing is held back.</summary>
    [Discloses(DisclosureKind.Public)]
    public IReadOnlyList<int>? Sizes { get; init; }

    /// <summary>For the node, which takes it away: every cell. Null where nothing is held back.</summary>
    [Discloses(DisclosureKind.Evidence)]
    public IReadOnlyList<long>? All { get; init; }

    /// <summary>For the node, which takes it away: the table by its columns and levels. Null where the site's rules are off.</summary>
    [Discloses(DisclosureKind.Tables)]
    public IReadOnlyList<ToldTable>? Told { get; init; }

    /// <summary>How many cells are held back, and why.</summary>
    [Discloses(DisclosureKind.Suppressed)]
    public IReadOnlyList<Suppressed>? Suppressed { get; init; }

    /// <summary>To multiples of what the node rounds counts; null where they are exact.</summary>
    [Discloses(DisclosureKind.Rounding)]
    public int? Rounding { get; init; }
}
