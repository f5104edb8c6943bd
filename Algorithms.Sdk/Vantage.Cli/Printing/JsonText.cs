using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Vantage.Cli.Printing;

/// <summary>JSON as people and other tools write it: the default escapes what only a web page would trip over, such as +.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = OneLine with { Indented = true };

    /// <summary>In one line.</summary>
    public static string Of<T>(T value, JsonTypeInfo<T> type) => Write(OneLine, writer => JsonSerializer.Serialize(writer, value, type));

    /// <summary>In as many lines as are easy to read.</summary>
    public static string IndentedOf(JsonElement value) => Write(Indented, value.WriteTo);

    private static string Write(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
