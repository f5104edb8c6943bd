using System.Text.Json;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images;

/// <summary>
/// Reads other people's signed JSON. Unknown members are allowed, since their formats grow; what two readers could read
/// differently is not: doubled members, and names that only a reader who ignores case takes for known ones (as Go's does,
/// which most registries and engines are written in).
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Throws <see cref="ImageException"/>, and nothing else, for bytes that <paramref name="read"/> can't use.</summary>
    public static T Read<T>(ReadOnlyMemory<byte> json, string what, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // A doubled member is told apart from mere rubbish by reading again without minding it.
            throw new ImageException(IsJson(json) ? ImageFault.ImageAmbiguous : ImageFault.ImageMalformed,
                $"{what} is not well formed: {e.Message}", e);
        }
    }

    public static void RequireExactNames(this JsonElement value, string what, params ReadOnlySpan<string> known)
    {
        foreach (var member in value.EnumerateObject())
        {
            foreach (var name in known)
            {
                if (member.Name != name && member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    throw new ImageException(ImageFault.ImageAmbiguous,
                        $"{what} has a member '{name}' in another case, which some readers take for it and others do not.");
                }
            }
        }
    }

    public static JsonElement? Find(this JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static JsonElement Need(this JsonElement value, string what, string name) =>
        value.Find(name) ?? throw new ImageException(ImageFault.ImageMalformed, $"{what} has no '{name}'.");

    public static string? Text(this JsonElement value, string what, string name) => value.Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw new ImageException(ImageFault.ImageMalformed, $"The '{name}' of {what} is not a text."),
    };

    public static string NeedText(this JsonElement value, string what, string name) =>
        value.Text(what, name) ?? throw new ImageException(ImageFault.ImageMalformed, $"{what} has no '{name}'.");

    public static Digest NeedDigest(this JsonElement value, string what, string name) =>
        Digest.TryParse(value.NeedText(what, name), null, out var digest)
            ? digest
            : throw new ImageException(ImageFault.ImageMalformed,
                $"The '{name}' of {what} is not 'sha256:' and 64 lower-case hexadecimal digits.");

    public static IReadOnlyDictionary<string, string> Texts(this JsonElement value, string what, string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value.Find(name) is { } map)
        {
            foreach (var member in map.EnumerateObject())
            {
                texts[member.Name] = member.Value.ValueKind == JsonValueKind.String
                    ? member.Value.GetString()!
                    : throw new ImageException(ImageFault.ImageMalformed, $"A value in '{name}' of {what} is not a text.");
            }
        }

        return texts;
    }

    private static bool IsJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options with { AllowDuplicateProperties = true });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
