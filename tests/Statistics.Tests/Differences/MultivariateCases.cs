using System.Text.Json;
using System.Text.Json.Nodes;
using static Statistics.Tests.Differences.CaseJson;

namespace Statistics.Tests.Differences;

/// <summary>Components, clusters and ROC curves of multivariate.json.</summary>
internal static class MultivariateCases
{
    public static IEnumerable<ReferenceCase> All => Cases("multivariate").Select(c => c.GetProperty("kind").GetString() switch
    {
        "pca" => Components(c),
        "kmeans" => Clusters(c),
        _ => Curve(c),
    });

    private static ReferenceCase Components(JsonElement c)
    {
        string[] columns = [.. c.GetProperty("columns").EnumerateArray().Select(n => n.GetString()!)];
        var deviations = c.GetProperty("deviations");
        var expected = new JsonArray([.. deviations.EnumerateArray().Select((d, i) => (JsonNode)new JsonObject
        {
            ["standardDeviation"] = Node(d),
            ["proportion"] = Node(c.GetProperty("proportion")[i]),
            ["loadings"] = ByColumn((_, row) => Node(c.GetProperty("loadings")[row][i])),
        })]);
        // A loading is one of numbers whose squares add up to 1.
        var scales = new JsonArray([.. deviations.EnumerateArray().Select(_ => (JsonNode)new JsonObject { ["loadings"] = ByColumn((_, _) => 1) })]);
        return Of(
            c, ["columns", "center", "scale"], new() { ["components"] = expected, ["rows"] = Node(c.GetProperty("rows")) },
            new() { ["components"] = scales });

        JsonObject ByColumn(Func<string, int, JsonNode?> value) => new(columns.Select((n, i) => KeyValuePair.Create(n, value(n, i))));
    }

    private static ReferenceCase Clusters(JsonElement c) => Of(c, ["columns", "centres"], new()
    {
        ["rows"] = Node(c.GetProperty("rows")),
        ["inertia"] = Node(c.GetProperty("inertia")),
        ["clusters"] = new JsonArray([.. c.GetProperty("found").EnumerateArray().Select((centre, i) => (JsonNode)new JsonObject
        {
            ["rows"] = Node(c.GetProperty("sizes")[i]), ["within"] = Node(c.GetProperty("within")[i]), ["centre"] = Node(centre),
        })]),
    });

    private static ReferenceCase Curve(JsonElement c)
    {
        var expected = Given(c, "rows", "positives", "auc", "standardError", "brier");
        expected["confidenceInterval"] = new JsonArray(Node(c.GetProperty("lower")), Node(c.GetProperty("upper")));
        var points = c.GetProperty("thresholds").EnumerateArray().Select((threshold, i) => (JsonNode)new JsonObject
        {
            ["threshold"] = Node(threshold),
            ["sensitivity"] = Node(c.GetProperty("sensitivity")[i]),
            ["specificity"] = Node(c.GetProperty("specificity")[i]),
        }).ToArray();
        expected["curve"] = new JsonArray(points);
        var scales = points.Select(_ => (JsonNode)new JsonObject { ["sensitivity"] = 1, ["specificity"] = 1 });
        return Of(c, ["formula"], expected, new() { ["curve"] = new JsonArray([.. scales]) });
    }

    private static ReferenceCase Of(JsonElement c, string[] arguments, JsonObject expected, JsonObject? scales = null) => new(
        c.GetProperty("kind").GetString()!,
        c.GetProperty("data").GetString()!,
        Element(Given(c, arguments)),
        Element(expected),
        scales is null ? null : Element(scales));
}
