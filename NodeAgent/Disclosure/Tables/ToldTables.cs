using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Disclosure.Tables;

namespace Vantage.NodeAgent.Disclosure.Tables;

/// <summary>Reads which tables a function says can be read off its numbers.</summary>
internal static class ToldTables
{
    /// <param name="value">A list of tables, or null.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="facts">Of the run: a table is of columns that it was given.</param>
    /// <param name="told">Where they are added.</param>
    public static Objection? Objection(JsonElement value, Place place, OutputFacts facts, List<ToldTable> told)
    {
        IReadOnlyList<ToldTable> tables;
        try
        {
            tables = value.Deserialize(ToldJson.Default.IReadOnlyListToldTable) ?? [];
        }
        catch (JsonException)
        {
            return Filtering.Objection.Odd($"{place.At} is no list of tables");
        }

        if (!tables.All(table => table.IsWhole && table.Axes.All(axis => facts.Columns.Contains(axis.Column))))
        {
            return Filtering.Objection.Odd($"{place.At} has a table that is not one of its columns' levels");
        }

        told.AddRange(tables.Select(table => facts.Rules.Rounding <= 1 ? table : table with { Rows = null, Rounding = facts.Rules.Rounding }));
        return null;
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<ToldTable>))]
internal sealed partial class ToldJson : JsonSerializerContext;
