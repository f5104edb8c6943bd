namespace Vantage.Protocol.Disclosure;

/// <summary>
/// The member <c>disclosure</c> of a result's JSON Schema, at any property: it holds for all that is inside, until a property
/// inside says otherwise.
/// </summary>
/// <param name="Is">What it is.</param>
/// <param name="Shape">Of <see cref="DisclosureKind.Cells"/>: the member beside it with the levels of each axis.</param>
/// <param name="Evidence">The member beside it that shows the node what it has to see.</param>
/// <param name="Digits">Significant digits that its numbers are good for. Null: as many as the node's rules allow.</param>
/// <param name="Words">Of <see cref="DisclosureKind.Word"/>: the texts that it may be.</param>
public sealed record DisclosureHint(
    DisclosureKind Is, string? Shape = null, string? Evidence = null, int? Digits = null, IReadOnlyList<string>? Words = null)
{
    /// <summary>The keyword.</summary>
    public const string Keyword = "disclosure";
}
