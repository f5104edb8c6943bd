using System.Text.Json;

namespace Vantage.Protocol.Dictionaries;

/// <summary><c>missingValues</c>, as texts or as objects with a value and a label.</summary>
internal static class MissingCodes
{
    public static IReadOnlyList<string>? Read(JsonElement of, string path, List<string> problems)
    {
        if (!of.TryGetProperty("missingValues", out var codes))
            return null;
        var read = codes.ValueKind != JsonValueKind.Array ? null : codes.EnumerateArray().Select(Code).ToList();
        if (read is null || read.Count > 100 || read.Any(code => code is null or { Length: > 200 }))
        {
            problems.Add($"'{(path.Length == 0 ? "" : path + ".")}missingValues' is a list of at most 100 texts, or of {{\"value\", \"label\"}}.");
            return [];
        }

        return [.. read.OfType<string>().Where(code => code.Length > 0)];
    }

    private static string? Code(JsonElement code) => code.ValueKind switch
    {
        JsonValueKind.String => code.GetString(),
        JsonValueKind.Object when code.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String => value.GetString(),
        _ => null,
    };
}
