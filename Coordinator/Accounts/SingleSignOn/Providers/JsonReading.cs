using System.Text.Json;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>Members of a provider's answers, each of one kind or not there.</summary>
internal static class JsonReading
{
    /// <summary>Null if it is absent, no text, or as long as no such thing is.</summary>
    public static string? Text(this JsonElement answer, string member, int longest = 2048) =>
        answer.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= longest
            ? text
            : null;

    public static bool Says(this JsonElement answer, string member) =>
        answer.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A list of texts, or one text; null if absent or anything else.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement answer, string member)
    {
        if (!answer.TryGetProperty(member, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return [value.GetString()!];
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null;
    }
}
