using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Functions;

/// <summary>Writes the JSON Schema of a type, with the texts of its <see cref="DescriptionAttribute"/>s and what it discloses.</summary>
internal static class JsonSchemas
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    public static JsonElement Of(JsonTypeInfo type) =>
        JsonElement.Parse(SchemaReferences.WrittenOut(type.GetJsonSchemaAsNode(Options)).ToJsonString());

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var provider = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
        var text = provider.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false)
            .OfType<DescriptionAttribute>().FirstOrDefault()?.Description;
        if (text is not null && schema is JsonObject members)
            members.Insert(0, "description", text);
        if (provider.GetCustomAttributes(typeof(DisclosesAttribute), inherit: false).OfType<DisclosesAttribute>().FirstOrDefault() is { } told
            && schema is JsonObject declared)
        {
            declared.Add(DisclosureHint.Keyword, told.Hint());
        }

        if (HoldsNulls(provider) && schema["items"] is JsonObject items && items["type"] is JsonValue type)
            items["type"] = new JsonArray(type.DeepClone(), "null");

        return schema;
    }

    /// <summary>Lists of texts some of which may be missing: of the types of items alone this can't be seen.</summary>
    private static bool HoldsNulls(ICustomAttributeProvider provider) =>
        provider is PropertyInfo property && new NullabilityInfoContext().Create(property) is { GenericTypeArguments: [{ Type.IsValueType: false, ReadState: NullabilityState.Nullable }] };
}
