using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Differences;

/// <summary>What it takes to write references of other forms as <see cref="ReferenceCase"/>s.</summary>
internal static class CaseJson
{
    public static IEnumerable<JsonElement> Cases(string file) => JsonElement.Parse(Text(file)).EnumerateArray();

    public static string Text(string file) => Checkout.Read($"tests/Statistics.Tests/Reference/{file}.json");

    /// <summary>The members of these names, as far as they are there.</summary>
    public static JsonObject Given(JsonElement from, params IEnumerable<string> names) => new(
        names.Where(n => from.TryGetProperty(n, out var given) && given.ValueKind != JsonValueKind.Null)
            .Select(n => KeyValuePair.Create(n, Node(from.GetProperty(n)))));

    /// <summary>A list as a map.</summary>
    public static JsonObject Map(JsonElement names, JsonElement values) => new(
        names.EnumerateArray().Zip(values.EnumerateArray(), (name, value) => KeyValuePair.Create(name.GetString()!, Node(value))));

    /// <summary>The same number for each name.</summary>
    public static JsonObject Map(JsonElement names, double value) =>
        new(names.EnumerateArray().Select(name => KeyValuePair.Create(name.GetString()!, (JsonNode?)value)));

    public static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());

    public static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
