using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Vantage.Protocol.Json;

/// <summary>Reads JSON that somebody vouches for: exactly one value, with exactly the members of its type.</summary>
internal static class ExactJson
{
    private const int MaxDepth = 32;

    /// <summary>Throws <see cref="JsonException"/> for anything else.</summary>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        var options = type.Options;
        if (options.UnmappedMemberHandling != JsonUnmappedMemberHandling.Disallow || options.AllowDuplicateProperties)
            throw new InvalidOperationException("What is signed is read with options that refuse unknown and doubled members.");
        RequireNoNull(json);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var value = JsonSerializer.Deserialize(ref reader, type);
        return value is not null && !reader.Read() ? value : throw new JsonException("Expected exactly one value.");
    }

    /// <summary>What has no value is left out. The serializer would let null into lists and dictionaries.</summary>
    private static void RequireNoNull(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null)
                throw new JsonException("There is a null: a member without a value is left out.");
        }
    }
}
