using System.Text.Json;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.Worker;

namespace Vantage.Tests.Kits;

/// <summary>The same algorithm in three languages: the same questions to the sites, the same numbers.</summary>
public sealed class AgreementTests
{
    /// <summary>Split so that no site has the whole truth. Mean and counts are R's, of the pooled column.</summary>
    private static readonly (string Name, string Csv)[] Sites =
    [
        ("North", "age,sex\n40.5,f\n50.25,m\n,f\n"), ("South", "age,sex\n61.125,m\nNA,\n33.3,ü\n"), ("East", "age,sex\n47.7,f\n"),
    ];

    public static TheoryData<string> Languages => Kit.Languages;

    public static TheoryData<string> Ways => Kit.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task MeanAndLevels_AreThoseOfAllRowsTogether(string language)
    {
        using var sites = new KitSites(Kit.Program(language), Sites);

        var mean = await CentralAsync(language, sites, "mean", "age");
        var levels = await CentralAsync(language, sites, "all-levels", "sex");

        // mean(c(40.5, 50.25, 61.125, 33.3, 47.7)) in R 4.2.2 is 46.575 (print(…, digits = 17): 46.575000000000003).
        Assert.Equal(46.575, mean.Json.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal((5, 2), (mean.Json.GetProperty("n").GetInt64(), mean.Json.GetProperty("missing").GetInt64()));
        Assert.Equal(["f 3", "m 2", "ü 1"],
            levels.Json.GetProperty("counts").EnumerateObject().Select(l => $"{l.Name} {l.Value.GetInt64()}").Order(StringComparer.Ordinal));
        Assert.Equal(1, levels.Json.GetProperty("missing").GetInt64());
        Assert.Equal(["""moments {"column":"age"}""", """levels {"column":"sex"}"""], sites.Asked);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task SitesThatDoNotAnswer_AreNamedWithTheirReasons(string language)
    {
        using var sites = new KitSites(Kit.Program(language), Sites)
        {
            Instead = site => site switch
            {
                "South" => new SubtaskEnd(site, RunOutcome.Refused, Failure: new(RunCodes.PolicyRefused, "Not for this purpose."), Rule: "statistics"),
                "East" => new SubtaskEnd(site, RunOutcome.Lost),
                "North" => new SubtaskEnd(site, RunOutcome.Failed, Failure: new(RunCodes.DataInvalid, "'table' is empty.")),
                _ => null,
            },
        };

        var end = await CentralAsync(language, sites, "mean", "age");

        Assert.Equal((WorkerExitCodes.Failed, RunCodes.SitesFailed), (end.Code, end.Failure?.Code));
        Assert.StartsWith("3 of 3 sites gave no result:", end.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("South refused by its rule 'statistics': Not for this purpose.", end.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("North failed (data-invalid): 'table' is empty.", end.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("East was lost", end.Failure.Message, StringComparison.Ordinal);
    }

    /// <summary>What a node's policy, a catalogue and a signature see is the same whatever language is behind it.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public async Task TheManifest_NamesTheSameFunctionsWithTheSameArguments(string language)
    {
        var manifest = await ManifestAsync(language);
        var dotnet = await ManifestAsync("dotnet");

        Assert.Equal(("conformance", "1.0.0"), (manifest.Name, manifest.Version));
        Assert.Equal(
            dotnet.Functions.Select(f => (f.Name, f.Kind, string.Join(',', Members(f.Arguments)), string.Join(',', Required(f.Arguments)))).Order(),
            manifest.Functions.Select(f => (f.Name, f.Kind, string.Join(',', Members(f.Arguments)), string.Join(',', Required(f.Arguments)))).Order());
        Assert.Equal(["column"], manifest.Functions.Single(f => f.Name == "moments").Data.Single().ColumnArguments);
        Assert.Empty(manifest.Functions.Single(f => f.Name == "mean").Data);
        Assert.Equal(["terminology"], manifest.Functions.Single(f => f.Name == "outside").Egress);
        Assert.All(manifest.Functions.Where(f => f.Name != "outside"), f => Assert.Null(f.Egress));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task TheCatalogue_NamesCodeThatThenRuns(string language)
    {
        using var asked = WorkerProcess.Start(Kit.Program(language), "catalogue", "--json");
        var catalogue = JsonSerializer.Deserialize((await asked.EndAsync()).Output, AlgorithmsJson.Default.AlgorithmCatalogue)!;
        using var bench = new KitBench { Algorithm = catalogue.Algorithms.Single(a => a.Manifest.Name == "conformance").Ref };

        var end = await bench.RunAsync(Kit.Program(language), "echo", """{"text":"a"}""", TestContext.Current.CancellationToken);

        Assert.Equal("a", end.Json.GetProperty("text").GetString());
    }

    /// <summary>What an image does: no words, only the variable.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public async Task WithoutWords_TheProgramRunsWhatTheVariableNames(string language)
    {
        using var asked = WorkerProcess.StartWith(new() { ["VANTAGE_RUN"] = "/nowhere/run.json" }, Kit.Program(language));
        using var misused = WorkerProcess.StartWith(new() { ["VANTAGE_RUN"] = "" }, Kit.Program(language), "dance");

        var (named, usage) = (await asked.EndAsync(), await misused.EndAsync());

        Assert.Equal(WorkerExitCodes.RunFileInvalid, named.Code);
        Assert.Contains("/nowhere/run.json", named.Error, StringComparison.Ordinal);
        Assert.Equal(WorkerExitCodes.Usage, usage.Code);
        Assert.Contains("usage:", usage.Error, StringComparison.Ordinal);
    }

    private static async Task<KitEnd> CentralAsync(string language, KitSites sites, string function, string column)
    {
        using var bench = new KitBench { Sites = sites, IsFramed = Kit.IsFramed(language) };
        return await bench.RunAsync(Kit.Program(language), function, $$"""{"column":"{{column}}"}""", TestContext.Current.CancellationToken);
    }

    private static async Task<AlgorithmManifest> ManifestAsync(string language)
    {
        using var program = WorkerProcess.Start(Kit.Program(language), "manifest");
        return JsonSerializer.Deserialize((await program.EndAsync()).Output, AlgorithmsJson.Default.AlgorithmManifest)!;
    }

    private static IEnumerable<string> Members(JsonElement schema) =>
        schema.TryGetProperty("properties", out var members) ? members.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal) : [];

    private static IEnumerable<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!).Order(StringComparer.Ordinal) : [];
}
