using System.Globalization;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data;

/// <param name="Value">As it stands in the data.</param>
/// <param name="Label">What it means.</param>
internal sealed record ValueMeaning(string Value, string? Label);

/// <summary>What is known of a column besides its type: by its dictionary, or by what node.yaml says.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="Title">A few words.</param>
/// <param name="Unit">A UCUM code.</param>
/// <param name="Levels">What there can be, with labels.</param>
/// <param name="Missing">Codes that mean "missing".</param>
internal sealed record ColumnMeaning(string Name, string? Title, string? Unit, IReadOnlyList<ValueMeaning>? Levels, IReadOnlyList<string>? Missing)
{
    [JsonIgnore]
    public string Words => string.Join("; ", new[]
    {
        Title,
        Unit,
        Levels is { Count: > 0 } levels ? string.Join(", ", levels.Select(level => level.Label is { } label ? $"{level.Value} = {label}" : level.Value)) : null,
        Missing is { Count: > 0 } missing ? $"missing: {string.Join(", ", missing)}" : null,
    }.OfType<string>());

    /// <summary>Of the columns that a source shows. Codes for "missing" of a mapped one are those of its dictionary.</summary>
    public static IReadOnlyList<ColumnMeaning> Of(SourceSettings source, Snapshot snapshot) => source is MappedSettings { Mapping.Dictionary: var dictionary }
        ? [.. snapshot.Columns.Select(column => dictionary.Find(column.Name)).OfType<Variable>().Select(variable => Of(variable, dictionary.MissingOf(variable)))]
        : [.. snapshot.Columns.Select(column => (source.Meanings.FirstOrDefault(meaning => meaning.Name == column.Name) ?? new ColumnMeaning(column.Name, null, null, null, null))
            with { Missing = snapshot.Options?.Missing })];

    private static ColumnMeaning Of(Variable variable, IReadOnlyList<string> missing) => new(variable.Name, variable.Title, variable.Unit,
        variable.Levels is { } levels ? [.. levels.Select(level => new ValueMeaning(level.Value.Text ?? level.Value.Number.ToString("R", CultureInfo.InvariantCulture), level.Label))] : null, missing);
}
