using System.Text.Json.Nodes;
using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Functions;

/// <summary>
/// Writes out what the exporter only points to when a type appears again. Whoever holds values against a schema then needs no
/// pointers, and what a member discloses is said at each place on its own.
/// </summary>
internal static class SchemaReferences
{
    private const string Reference = "$ref";
    private const int Deepest = 32;

    public static JsonNode WrittenOut(JsonNode schema) => Of(schema, schema, 0);

    private static JsonNode Of(JsonNode node, JsonNode root, int depth) => node switch
    {
        // A type that holds itself has no end; its pointer stays, and nodes let nothing pass by it.
        JsonObject members when members[Reference] is JsonValue pointer && depth < Deepest => Pointed(members, pointer.GetValue<string>(), root, depth),
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Of(m.Value, root, depth + 1)))),
        JsonArray items => new JsonArray([.. items.Select(i => i is null ? null : Of(i, root, depth + 1))]),
        _ => node.DeepClone(),
    };

    private static JsonNode Pointed(JsonObject own, string pointer, JsonNode root, int depth)
    {
        var target = root;
        foreach (var part in pointer.Split('/').Skip(1))
            target = target is JsonArray items ? items[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : target[part]!;
        if (Of(target, root, depth + 1) is not JsonObject written)
            return own.DeepClone();
        // These two speak of the place where the type appeared first.
        written.Remove(DisclosureHint.Keyword);
        written.Remove("description");
        foreach (var (name, value) in own.Where(m => m.Key != Reference))
            written[name] = value?.DeepClone();
        return written;
    }
}
