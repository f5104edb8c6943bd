using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Json;

/// <summary>
/// Instants in signed documents: RFC 3339 in UTC with <c>Z</c> and as many digits of the second as are not zero, at most 7,
/// such as <c>2026-05-04T03:02:01Z</c> or <c>2026-05-04T03:02:01.25Z</c>.
/// </summary>
public sealed class UtcTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    private const string Form = "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text
        && DateTimeOffset.TryParseExact(
            text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && string.Equals(text, Format(time), StringComparison.Ordinal)
            ? time
            : throw new JsonException("Expected an instant in UTC, such as 2026-05-04T03:02:01Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Format(value));

    private static string Format(DateTimeOffset value) => value.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
}
