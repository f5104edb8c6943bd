using System.Text.Json.Serialization;

namespace Vantage.Protocol.Algorithms;

/// <summary>One column: its name and what its cells are.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Type">What its cells are.</param>
/// <param name="Found">Why it is text, where nobody declared so; null for numbers and for what was declared.</param>
public sealed record ColumnSchema(string Name, ColumnType Type, TextFound? Found = null);

/// <summary>
/// What made a column text whose type nobody declared. One cell out of place is enough for that, and then it matters
/// which.
/// </summary>
/// <param name="Where">File and line of the first cell that is no number, such as <c>south.csv, line 17</c>.</param>
/// <param name="Numbers">How many cells are numbers, of those that were looked at.</param>
/// <param name="Texts">How many are neither numbers nor missing.</param>
public sealed record TextFound(string Where, long Numbers, long Texts)
{
    /// <summary>Most cells are numbers: rather a slip than a category.</summary>
    [JsonIgnore]
    public bool IsDoubtful => Numbers > Texts;

    /// <summary>The finding in words, as the end of a sentence that names the column.</summary>
    [JsonIgnore]
    public string Words => Numbers == 0
        ? $"the first cell that is not a number is in {Where}"
        : $"the first cell that is not a number is in {Where}; {Numbers} other cells are numbers, {Texts} in all are not";
}

public enum ColumnType
{
    /// <summary>A finite double.</summary>
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>Text, or the levels of a category.</summary>
    [JsonStringEnumMemberName("text")]
    Text,
}
