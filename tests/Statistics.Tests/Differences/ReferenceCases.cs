using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Statistics;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Differences;

/// <summary>The references of all analyses. One more is a line here.</summary>
internal static class ReferenceCases
{
    /// <summary>Files whose cases are written as <see cref="ReferenceCase"/> is: algorithm, data, arguments, expected, perhaps scales.</summary>
    private static readonly string[] Files = ["ttest", "anova", "correlation", "histogram", "quantiles"];

    /// <summary>Files of regressions, which have a list for each map of a result.</summary>
    private static readonly string[] Models = ["models", "counts"];

    public static IReadOnlyList<ReferenceCase> OfFiles { get; } = [.. Files.SelectMany(Read)];

    /// <summary>With those that tests of their own hold against more than this.</summary>
    public static IReadOnlyList<ReferenceCase> All { get; } =
    [
        .. OfFiles,
        .. Models.SelectMany(Cases).Select(Model).Where(c => StandardLibrary.Algorithms.Algorithms.Any(a => a.Name == c.Algorithm)),
        .. Cases("tables").Select(Table),
    ];

    private static IEnumerable<ReferenceCase> Read(string file) =>
        JsonSerializer.Deserialize<List<ReferenceCase>>(Text(file), JsonSerializerOptions.Web)!;

    private static IEnumerable<JsonElement> Cases(string file) => JsonElement.Parse(Text(file)).EnumerateArray();

    private static string Text(string file) => Checkout.Read($"tests/Statistics.Tests/Reference/{file}.json");

    private static ReferenceCase Model(JsonElement model)
    {
        var names = model.GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToList();
        var expected = new JsonObject();
        foreach (var map in (string[])["coefficients", "standardErrors", "statistics", "pValues"])
            expected[map] = Map(map);
        foreach (var value in (string[])["deviance", "nullDeviance", "logLikelihood", "aic", "bic", "degreesOfFreedom"])
        {
            if (model.TryGetProperty(value, out var own))
                expected[value] = JsonNode.Parse(own.GetRawText());
        }

        return new(
            model.TryGetProperty("algorithm", out var algorithm) ? algorithm.GetString()!
                : model.GetProperty("family").GetString() == "gaussian" ? "linear" : "logistic",
            model.GetProperty("data").GetString()!,
            Given(model, "formula", "weights", "reference", "confidenceLevel", "link"),
            Element(expected),
            Element(new JsonObject { ["coefficients"] = Map("standardErrors"), ["statistics"] = Ones() }));

        JsonObject Map(string list) => new(names.Zip(model.GetProperty(list).EnumerateArray(),
            (name, value) => KeyValuePair.Create(name, JsonNode.Parse(value.GetRawText()))));

        JsonObject Ones() => new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)1)));
    }

    private static ReferenceCase Table(JsonElement table)
    {
        var own = table.GetProperty("table");
        var expected = new JsonObject { ["counts"] = JsonNode.Parse(own.GetProperty("counts").GetRawText()) };
        if (own.TryGetProperty("statistic", out var statistic))
        {
            expected["chiSquared"] = new JsonObject
            {
                ["statistic"] = statistic.GetDouble(),
                ["degreesOfFreedom"] = own.GetProperty("df").GetInt32(),
                ["pValue"] = own.GetProperty("pValue").GetDouble(),
            };
        }

        return new(
            "crosstab",
            table.GetProperty("data").GetString()!,
            Given(table, "rows", "columns", "layers", "includeMissing"),
            Element(new JsonObject { ["rows"] = table.GetProperty("used").GetInt64(), ["table"] = expected }));
    }

    private static JsonElement Given(JsonElement from, params string[] names) => Element(new JsonObject(
        names.Where(n => from.TryGetProperty(n, out var given) && given.ValueKind != JsonValueKind.Null)
            .Select(n => KeyValuePair.Create(n, JsonNode.Parse(from.GetProperty(n).GetRawText())))));

    private static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
