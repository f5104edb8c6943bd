using System.Text.Json.Serialization;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Disclosure;

/// <summary>
/// What a member of a function's result is, as the function's schema declares it. Each kind has its rule at the node;
/// what is declared by none does not leave unseen.
/// </summary>
[JsonConverter(typeof(ExactEnumJsonConverter<DisclosureKind>))]
public enum DisclosureKind
{
    /// <summary>How many rows the members beside it, and all inside them, are about: at least the minimum cell, or none.</summary>
    Rows,

    /// <summary>Counts of rows: null (held back), none where that passes, or at least the minimum cell.</summary>
    Count,

    /// <summary>
    /// Counts of all cells of a table in one array, the last axis changing fastest; null is held back. The member named by
    /// <see cref="DisclosureHint.Shape"/> says how many levels each axis has, the one named by <see cref="DisclosureHint.Evidence"/>
    /// gives the node all cells, so that it can see that those held back can't be computed.
    /// </summary>
    Cells,

    /// <summary>Counts of rows as <see cref="DisclosureRules.Blur"/> gives them, whatever they were.</summary>
    Blurred,

    /// <summary>The multiple to which the node rounds counts, as the rules have it; null where they leave exact.</summary>
    Rounding,

    /// <summary>Counts of people under observation: null, or at least the minimum of these.</summary>
    AtRisk,

    /// <summary>
    /// Numbers computed over the rows that the nearest <see cref="Rows"/> counts: sums, means, shares. Fewer of them than a third of
    /// the rows. The member named by <see cref="DisclosureHint.Evidence"/> is a <see cref="SumEvidence"/>, or a list of them.
    /// </summary>
    Statistic,

    /// <summary>Estimates of a model, or a vector with one number for each parameter: held to saturation and residual degrees of freedom.</summary>
    Parameters,

    /// <summary>The upper triangle, row by row, of a square matrix with a row for each parameter, such as X'X.</summary>
    Products,

    /// <summary>What rounding took from the numbers beside it. It leaves as 0 where the rules ask for fewer digits than a double has.</summary>
    Rest,

    /// <summary>The lower and upper end of a range, as <c>BlurredBounds</c> gives them.</summary>
    Bounds,

    /// <summary>Levels of a category, or texts made of them.</summary>
    Levels,

    /// <summary>Names that the asker gave: of columns, or parts of the arguments' texts.</summary>
    Name,

    /// <summary>Numbers, texts or lengths of lists that stand in the arguments.</summary>
    Public,

    /// <summary>A truth value, or one of the texts that the schema lists, in <c>enum</c> or in <see cref="DisclosureHint.Words"/>.</summary>
    Word,

    /// <summary>Who held what back: a list of <c>Suppressed</c>. Its numbers are added up in the receipt.</summary>
    Suppressed,

    /// <summary>For the node's eyes: it looks at it and takes it away.</summary>
    Evidence,

    /// <summary>
    /// For the node's eyes too: a list of <see cref="Tables.ToldTable"/>s, the tables of counts that can be read off the numbers beside it.
    /// The node holds them against those that left before about the same rows, and takes them away.
    /// </summary>
    Tables,
}
