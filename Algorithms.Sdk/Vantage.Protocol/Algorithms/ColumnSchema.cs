using System.Text.Json.Serialization;

namespace Vantage.Protocol.Algorithms;

/// <summary>One column: its name and what its cells are.</summary>
public sealed record ColumnSchema(string Name, ColumnType Type);

public enum ColumnType
{
    /// <summary>A finite double.</summary>
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>Text, or the levels of a category.</summary>
    [JsonStringEnumMemberName("text")]
    Text,
}
