using System.Text.Json;
using System.Text.Json.Nodes;
using static Statistics.Tests.Differences.CaseJson;

namespace Statistics.Tests.Differences;

/// <summary>Tables of counts of tables.json.</summary>
internal static class TableCases
{
    public static IEnumerable<ReferenceCase> All => Cases("tables").Select(Table);

    private static ReferenceCase Table(JsonElement table)
    {
        var own = table.GetProperty("table");
        var expected = Given(own, "counts");
        if (own.TryGetProperty("statistic", out var statistic))
        {
            expected["chiSquared"] = new JsonObject
            {
                ["statistic"] = Node(statistic), ["degreesOfFreedom"] = Node(own.GetProperty("df")), ["pValue"] = Node(own.GetProperty("pValue")),
            };
        }

        return new(
            "crosstab",
            table.GetProperty("data").GetString()!,
            Element(Given(table, "rows", "columns", "layers", "includeMissing")),
            Element(new JsonObject { ["rows"] = Node(table.GetProperty("used")), ["table"] = expected }));
    }
}
