using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Statistics;
using static Statistics.Tests.Differences.CaseJson;

namespace Statistics.Tests.Differences;

/// <summary>Models of models.json and counts.json, which have a list for each map of a result.</summary>
internal static class RegressionCases
{
    private static readonly string[] Files = ["models", "counts"];

    public static IEnumerable<ReferenceCase> All => Files.SelectMany(Cases).Select(Model)
        .Where(c => StandardLibrary.Algorithms.Algorithms.Any(a => a.Name == c.Algorithm));

    private static ReferenceCase Model(JsonElement model)
    {
        var names = model.GetProperty("names");
        var expected = Given(model, "deviance", "nullDeviance", "logLikelihood", "aic", "bic", "degreesOfFreedom");
        foreach (var map in (string[])["coefficients", "standardErrors", "statistics", "pValues"])
            expected[map] = Map(names, model.GetProperty(map));
        return new(
            model.TryGetProperty("algorithm", out var algorithm) ? algorithm.GetString()!
                : model.GetProperty("family").GetString() == "gaussian" ? "linear" : "logistic",
            model.GetProperty("data").GetString()!,
            Element(Given(model, "formula", "weights", "reference", "confidenceLevel", "link")),
            Element(expected),
            Element(new JsonObject { ["coefficients"] = Map(names, model.GetProperty("standardErrors")), ["statistics"] = Map(names, 1) }));
    }
}
