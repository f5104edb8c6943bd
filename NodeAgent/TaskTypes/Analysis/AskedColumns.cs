using System.Text.Json;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>
/// The columns that the arguments name, where the algorithm says which arguments do. An argument that is not as the
/// algorithm says is left to the algorithm to complain of; it then sees no column by it.
/// </summary>
internal static class AskedColumns
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// By the data's label. A label is absent if the function does not say, or if none of the arguments is given: then the
    /// run sees what the policy allows.
    /// </summary>
    /// <exception cref="JsonException">The arguments are not JSON.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(
        FunctionManifest function, IReadOnlyList<DataRef> data, ReadOnlyMemory<byte> arguments)
    {
        using var document = JsonDocument.Parse(arguments, Strict);
        var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var label in data.Select(d => d.Label))
        {
            if (Need(function, label)?.ColumnArguments is { } names && document.RootElement.ValueKind == JsonValueKind.Object
                && Named(document.RootElement, names) is { } named)
            {
                columns[label] = named;
            }
        }

        return columns;
    }

    /// <summary>A function with one need calls its data what the task calls it.</summary>
    private static DataNeed? Need(FunctionManifest function, string label) =>
        function.Data is [var only] ? only : function.Data.FirstOrDefault(n => n.Name == label);

    private static List<string>? Named(JsonElement arguments, IReadOnlyList<string> names)
    {
        var given = names
            .Where(n => arguments.TryGetProperty(n, out var value) && value.ValueKind != JsonValueKind.Null)
            .Select(n => arguments.GetProperty(n))
            .ToList();
        return given.Count == 0 ? null : [.. given.SelectMany(Texts).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!),
        _ => [],
    };
}
