using System.Text.Json.Nodes;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Json;

namespace Vantage.Algorithms.Disclosure;

/// <summary>
/// Says what a member of a result is, so that a node can hold it against its rules. It goes into the result's schema and holds for
/// all that is inside, until a member inside says otherwise. Of records, write <c>[property: Discloses(…)]</c>.
/// </summary>
/// <param name="kind">What it is.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DisclosesAttribute(DisclosureKind kind) : Attribute
{
    /// <summary>What it is.</summary>
    public DisclosureKind Kind { get; } = kind;

    /// <summary>The JSON name of the member beside it with the levels of each axis of a table.</summary>
    public string? Shape { get; set; }

    /// <summary>The JSON name of the member beside it that shows the node what it has to see.</summary>
    public string? Evidence { get; set; }

    /// <summary>Significant digits of its numbers; 0 for as many as the node's rules allow.</summary>
    public int Digits { get; set; }

    /// <summary>Of <see cref="DisclosureKind.Word"/>: the texts that it may be, where its type does not list them.</summary>
    public string[]? Words { get; set; }

    /// <summary>
    /// Of a list of statistics that is never longer than this, each item a number of its own as members of an object are; 0 for a list
    /// that may be as long as its rows allow.
    /// </summary>
    public int Items { get; set; }

    /// <summary>Of <see cref="DisclosureKind.Rows"/> that are a table's total: they leave rounded where counts do.</summary>
    public bool Rounded { get; set; }

    internal JsonObject Hint()
    {
        var hint = new JsonObject { ["is"] = Kind.ToExactName() };
        if (Shape is not null)
            hint["shape"] = Shape;
        if (Evidence is not null)
            hint["evidence"] = Evidence;
        if (Digits > 0)
            hint["digits"] = Digits;
        if (Items > 0)
            hint["items"] = Items;
        if (Rounded)
            hint["rounded"] = true;
        if (Words is not null)
            hint["words"] = new JsonArray([.. Words.Select(w => JsonValue.Create(w))]);
        return hint;
    }
}
