using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Json;

/// <summary>
/// Writes an enumeration as its kebab-case name (<c>WaitForNode</c> as <c>wait-for-node</c>) and reads exactly these names:
/// no numbers, no other case, so that one value has one text.
/// </summary>
public sealed class ExactEnumJsonConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values =
        Enum.GetValues<T>().ToDictionary(v => v.ToExactName(), v => v, StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
        && Values.TryGetValue(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"Expected one of: {string.Join(", ", Values.Keys)}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToExactName());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToExactName());
}
