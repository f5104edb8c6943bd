using System.ComponentModel;
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

        return schema;
    }
}
