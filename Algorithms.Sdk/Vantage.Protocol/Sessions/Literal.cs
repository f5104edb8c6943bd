using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Sessions;

/// <summary>A text or a finite number that a step names.</summary>
/// <param name="Text">Null for a number.</param>
/// <param name="Number">Of no meaning for a text.</param>
[JsonConverter(typeof(LiteralConverter))]
public sealed record Literal(string? Text, double Number)
{
    /// <summary>A text.</summary>
    public static implicit operator Literal(string text) => new(text, 0);

    /// <summary>A number.</summary>
    public static implicit operator Literal(double number) => new(null, number);

    /// <summary>As steps write it.</summary>
    public static Literal FromString(string text) => text;

    /// <summary>As steps write it.</summary>
    public static Literal FromDouble(double number) => number;
}

/// <summary>A JSON string or number.</summary>
public sealed class LiteralConverter : JsonConverter<Literal>
{
    /// <inheritdoc/>
    public override Literal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number) => number,
        _ => throw new JsonException("A text or a finite number is expected here."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Literal value, JsonSerializerOptions options)
    {
        if (value.Text is { } text)
            writer.WriteStringValue(text);
        else
            writer.WriteNumberValue(value.Number);
    }
}
