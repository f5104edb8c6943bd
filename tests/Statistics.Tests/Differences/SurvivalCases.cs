using System.Text.Json;
using System.Text.Json.Nodes;
using static Statistics.Tests.Differences.CaseJson;

namespace Statistics.Tests.Differences;

/// <summary>Curves, tests and models of survival.json. What depends on the sites, such as strata of them, has no pooled answer.</summary>
internal static class SurvivalCases
{
    public static IEnumerable<ReferenceCase> All => Cases("survival")
        .Where(c => !(c.TryGetProperty("stratifyBySite", out var bySite) && bySite.ValueKind == JsonValueKind.True))
        .Select(c => c.GetProperty("kind").GetString() switch
        {
            "kaplan-meier" => Curves(c),
            "logrank" => Test(c),
            _ => Model(c),
        });

    private static ReferenceCase Curves(JsonElement c)
    {
        var curves = c.GetProperty("curves").EnumerateObject().Select(g => g.Value).ToList();
        var expected = new JsonArray([.. curves.Select(g =>
        {
            var curve = Given(g.GetProperty("curve"), "times", "atRisk", "events", "censored", "survival", "standardErrors", "lower", "upper");
            curve["group"] = Node(g.GetProperty("group"));
            curve["median"] = Node(g.GetProperty("median"));
            return curve;
        })]);
        var scales = new JsonArray([.. curves.Select(g => new JsonObject
        {
            ["survival"] = new JsonArray([.. g.GetProperty("curve").GetProperty("survival").EnumerateArray().Select(_ => (JsonNode)1e-6)]),
        })]);
        return Of(c, new JsonObject { ["curves"] = expected }, new JsonObject { ["curves"] = scales });
    }

    private static ReferenceCase Test(JsonElement c) => Of(c, new JsonObject
    {
        ["statistic"] = Node(c.GetProperty("statistic")),
        ["degreesOfFreedom"] = Node(c.GetProperty("df")),
        ["pValue"] = Node(c.GetProperty("pValue")),
        ["groups"] = new JsonArray([.. c.GetProperty("groups").EnumerateArray().Select((group, i) => new JsonObject
        {
            ["group"] = Node(group),
            ["observed"] = Node(c.GetProperty("observed")[i]),
            ["expected"] = Node(c.GetProperty("expected")[i]),
        })]),
    });

    private static ReferenceCase Model(JsonElement c)
    {
        var names = c.GetProperty("names");
        var expected = Given(c, "logLikelihood", "nullLogLikelihood", "aic", "bic", "events");
        expected["coefficients"] = Map(names, c.GetProperty("coefficients"));
        expected["standardErrors"] = Map(names, c.GetProperty("standardErrors"));
        expected["statistics"] = Map(names, c.GetProperty("z"));
        expected["pValues"] = Map(names, c.GetProperty("pValues"));
        return Of(c, expected, new JsonObject
        {
            ["coefficients"] = Map(names, c.GetProperty("standardErrors")), ["statistics"] = Map(names, 1),
        });
    }

    private static ReferenceCase Of(JsonElement c, JsonObject expected, JsonObject? scales = null) => new(
        c.GetProperty("kind").GetString()!,
        c.GetProperty("data").GetString()!,
        Element(Given(c, "formula", "confidenceType", "confidenceLevel", "times", "rho", "ties")),
        Element(expected),
        scales is null ? null : Element(scales));
}
