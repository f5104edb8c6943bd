using System.Text.Json;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>The engine's way of narrowing a list, as part of an address.</summary>
internal static class Filters
{
    public static string Label(string name, string value) => Uri.EscapeDataString(JsonSerializer.Serialize(
        new Dictionary<string, IReadOnlyList<string>> { ["label"] = [$"{name}={value}"] },
        EngineJson.Default.DictionaryStringIReadOnlyListString));
}
