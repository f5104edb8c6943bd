namespace Vantage.Protocol.Disclosure;

/// <summary>
/// The member <c>disclosure</c> of a result's JSON Schema, at any property: it holds for all that is inside, until a property
/// inside says otherwise.
/// </summary>
/// <param name="Is">What it is.</param>
/// <param name="Shape">Of <see cref="DisclosureKind.Cells"/>: the member beside it with the levels of each axis.</param>
/// <param name="Evidence">The member beside it that shows the node what it has to see.</param>
/// <param name="Digits">Significant digits that its numbers are good for. Null: as many as the node's rules allow.</param>
/// <param name="Items">
/// Of a list of <see cref="DisclosureKind.Statistic"/>s that is not longer than this whatever the rows, since each item is a number of
/// its own, as members of an object are: at most <see cref="MostItems"/>.
/// </param>
/// <param name="Rounded">
/// Of <see cref="DisclosureKind.Rows"/> that are nothing but a table's total: they leave rounded where counts do. Those that numbers are
/// computed of leave exact, or no mean would be right.
/// </param>
/// <param name="Words">Of <see cref="DisclosureKind.Word"/>: the texts that it may be.</param>
public sealed record DisclosureHint(
    DisclosureKind Is, string? Shape = null, string? Evidence = null, int? Digits = null, IReadOnlyList<string>? Words = null, int? Items = null,
    bool Rounded = false)
{
    /// <summary>More are no members any more.</summary>
    public const int MostItems = 12;

    /// <summary>The keyword.</summary>
    public const string Keyword = "disclosure";
}
