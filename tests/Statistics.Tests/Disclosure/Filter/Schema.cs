using System.Collections.Concurrent;
using System.Text.Json;
using Vantage.Algorithms.Functions;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>Result schemas as a catalogue holds them, made once for each function.</summary>
internal static class Schema
{
    private static readonly ConcurrentDictionary<Function, JsonElement> Made = new();

    public static JsonElement Of(Function function) => Made.GetOrAdd(function, f => f.ResultSchema!.Value);

    /// <summary>Every text in a value.</summary>
    public static IEnumerable<string> Texts(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => member.Value.Texts()),
        _ => [],
    };
}
