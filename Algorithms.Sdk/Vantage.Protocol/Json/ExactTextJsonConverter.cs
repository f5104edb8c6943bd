using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Json;

/// <summary>Writes a value as its one exact text, as value and as dictionary key; refuses anything else.</summary>
public sealed class ExactTextJsonConverter<T> : JsonConverter<T>
    where T : struct, IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && T.TryParse(reader.GetString(), null, out var value)
            ? value
            : throw new JsonException($"Not a {typeof(T).Name} in its exact spelling.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);
}
