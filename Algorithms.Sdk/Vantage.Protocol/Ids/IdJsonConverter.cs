using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Ids;

/// <summary>Writes an id as its prefixed text, as value and as dictionary key; refuses anything else.</summary>
public sealed class IdJsonConverter<T> : JsonConverter<T>
    where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Id.TryParse<T>(reader.GetString(), out var id)
            ? id
            : throw new JsonException($"Expected an id '{T.Prefix}_' followed by 32 lower-case hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Id.Format(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Id.Format(value));
}
