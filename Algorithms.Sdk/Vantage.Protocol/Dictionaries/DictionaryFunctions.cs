using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Dictionaries;

/// <summary>The names by which nodes know that a task is about what data are like. A node does these functions itself: no program is started for them.</summary>
public static class DictionaryFunctions
{
    /// <summary>The built-in algorithm.</summary>
    public const string Algorithm = "dictionary";

    /// <summary>How each variable stands at a site: <see cref="StatusArguments"/> → <see cref="StatusReport"/>.</summary>
    public const string Status = "status";

    /// <summary>Made-up rows: <see cref="PreviewArguments"/> → <see cref="PreviewReport"/>.</summary>
    public const string Preview = "preview";

    /// <summary>More rows than this nobody needs to try code.</summary>
    public const int MostRows = 10_000;
}

/// <summary>Arguments of <see cref="DictionaryFunctions.Status"/>: none.</summary>
public sealed record StatusArguments;

/// <summary>How a source stands to its dictionary. No values, and no count that tells of few people.</summary>
/// <param name="Variables">Those that the asker may see.</param>
/// <param name="Dictionary">Which it speaks; null if none.</param>
[Description("How a source stands to its dictionary, variable by variable.")]
public sealed record StatusReport(IReadOnlyList<VariableState> Variables, DictionaryRef? Dictionary = null);

/// <param name="Name">Of the variable.</param>
/// <param name="Status">How it stands.</param>
/// <param name="MissingPercent">Of the rows, in steps of 5; null where there are none.</param>
/// <param name="Found">What is wrong, in words; null if nothing is.</param>
public sealed record VariableState(string Name, VariableStatus Status, int? MissingPercent = null, string? Found = null);

/// <summary>How a variable stands at a site.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VariableStatus>))]
public enum VariableStatus
{
    /// <summary>There, and as the dictionary says; single slips are missing to a run.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>There, and something else than the dictionary says: a run that asks for it is refused.</summary>
    [JsonStringEnumMemberName("mismatch")]
    Mismatch,

    /// <summary>The site has no such data.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,
}

/// <summary>Arguments of <see cref="DictionaryFunctions.Preview"/>.</summary>
/// <param name="Rows">How many, 1 to 10,000.</param>
/// <param name="Seed">The same gives the same rows.</param>
/// <param name="Columns">Only these; null for all that the site's policy allows.</param>
public sealed record PreviewArguments(
    [property: Description("How many rows, 1 to 10000.")] int Rows = 100,
    [property: Description("The same seed gives the same rows.")] long Seed = 1,
    [property: Description("Only these columns.")] IReadOnlyList<string>? Columns = null);

/// <summary>Rows that nobody is.</summary>
/// <param name="Synthetic">Always true.</param>
/// <param name="Csv">With a header; its first column says that it is synthetic.</param>
[Description("Made-up rows that look like a source's.")]
public sealed record PreviewReport(bool Synthetic, string Csv);

/// <summary>The JSON of these functions.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StatusArguments))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(PreviewArguments))]
[JsonSerializable(typeof(PreviewReport))]
public sealed partial class DictionariesJson : JsonSerializerContext;
