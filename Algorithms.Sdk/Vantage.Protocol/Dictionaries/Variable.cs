using System.Text.Json.Serialization;
using Vantage.Protocol.Sessions;

namespace Vantage.Protocol.Dictionaries;

/// <summary>One variable of a dictionary: what every site's column of that name means.</summary>
/// <param name="Name">As tasks name it.</param>
/// <param name="Type">What its values are.</param>
public sealed record Variable(string Name, VariableType Type)
{
    /// <summary>A few words for people.</summary>
    public string? Title { get; init; }

    /// <summary>As many as it takes.</summary>
    public string? Description { get; init; }

    /// <summary>In which unit its numbers are, as UCUM writes it: <c>mmol/L</c>, <c>cm</c>, <c>Cel</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>No value may be missing.</summary>
    public bool Required { get; init; }

    /// <summary>The least value; a text for dates.</summary>
    public Literal? Minimum { get; init; }

    /// <summary>The greatest value; a text for dates.</summary>
    public Literal? Maximum { get; init; }

    /// <summary>What a whole text fits, in the common part of regular expressions.</summary>
    public string? Pattern { get; init; }

    /// <summary>All values that there can be; null where they are not listed.</summary>
    public IReadOnlyList<Level>? Levels { get; init; }

    /// <summary>What means "missing" in this variable; null for the dictionary's own codes.</summary>
    public IReadOnlyList<string>? MissingValues { get; init; }

    /// <summary>Whether a node takes its values for numbers.</summary>
    public bool IsNumeric => Type is VariableType.Number or VariableType.Integer or VariableType.Year or VariableType.Boolean;

    /// <summary>What is expected of a value, for people: <c>a number from 0 to 50 mmol/L</c>.</summary>
    public string Expected => VariableWords.Of(this);
}

/// <param name="Value">A text, or a number in a numeric variable.</param>
/// <param name="Label">What it means.</param>
public sealed record Level(Literal Value, string? Label = null);

/// <summary>The types of Table Schema that a node can hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VariableType>))]
public enum VariableType
{
    /// <summary>A finite number.</summary>
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>A whole number.</summary>
    [JsonStringEnumMemberName("integer")]
    Integer,

    /// <summary>1 for true and 0 for false.</summary>
    [JsonStringEnumMemberName("boolean")]
    Boolean,

    /// <summary>A text.</summary>
    [JsonStringEnumMemberName("string")]
    String,

    /// <summary>A day, as <c>2024-03-01</c>.</summary>
    [JsonStringEnumMemberName("date")]
    Date,

    /// <summary>An instant, as <c>2024-03-01T12:30:00</c>.</summary>
    [JsonStringEnumMemberName("datetime")]
    Datetime,

    /// <summary>A year, as a whole number.</summary>
    [JsonStringEnumMemberName("year")]
    Year,
}
