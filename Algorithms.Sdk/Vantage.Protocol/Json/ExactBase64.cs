using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Json;

/// <summary>Bytes in signed JSON: base64 with padding, in its one spelling (no white space, unused bits zero).</summary>
public sealed class ExactBase64JsonConverter : JsonConverter<byte[]>
{
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? ExactBase64.Decode(reader.GetString()!) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value);
}

internal static class ExactBase64
{
    public static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : throw new JsonException("Expected base64 with padding, without white space.");
    }
}
