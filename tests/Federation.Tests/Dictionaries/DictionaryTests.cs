using System.Text.Json;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Dictionaries;

/// <summary>A dictionary with real processes: published by a person, fetched and mapped at two sites, checked, seen by whoever asks, and asked by.</summary>
[Collection(CarsCollection.Name)]
public sealed class DictionaryTests(CarsWorld cars)
{
    private static readonly string[] About = ["--collaboration", World.Collaboration, "--data", "cars", "--dictionary", CarsWorld.Dictionary];

    [Fact]
    public async Task SitesThatMapToIt_Answer_AndOneWhoseDataDoNotFit_SaysSoBeforeAnythingRuns()
    {
        var south = cars.World.Sites[1];
        await using var check = ChildProcess.Start(Programs.NodeAgent, ["data", "check", "cars", "--dictionary", CarsWorld.Dictionary, "--dir", south.NodeFolder, "--json"]);
        var status = await cars.World.Researcher.AskAsync(["dictionary", "status", .. About]);
        var answer = await cars.World.Researcher.AskAsync(["task", "run", "--algorithm", "summary", "--args", """{"columns":["weight"]}""", "--wait", .. About]);
        var (exitCode, _, errors) = await cars.World.Researcher.TryAsync(
            ["task", "run", "--algorithm", "summary", "--args", """{"columns":["engine"]}""", "--wait", "--json", .. About]);

        Assert.Equal(1, await check.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["weight ok", "gears ok", "engine mismatch", "price missing"], States(JsonDocument.Parse(check.StandardOutput).RootElement[0]));
        Assert.Equal([["weight ok", "gears ok", "engine ok", "price missing"], ["weight ok", "gears ok", "engine mismatch", "price missing"]],
            status.GetProperty("sites").EnumerateArray().OrderBy(site => site.GetProperty("site").GetString(), StringComparer.Ordinal).Select(States));
        // R: mean(mtcars$wt) * 453.59237
        Assert.Equal(1459.3200523825, Assert.Single(answer.GetProperty("result").GetProperty("columns").EnumerateArray()).GetProperty("mean").GetDouble(), 1e-9);
        Assert.Equal(1, exitCode);
        Assert.Contains("Site south node, source 'cars', variable 'engine' (column 'disp'): expected a number of at most 10 L (cars@1.0), found values outside its range", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APreviewOfEachSite_IsAFile_AndASiteWithTooFewRowsSaysSo()
    {
        var folder = cars.World.Folder.Sub("previews");

        var (exitCode, output, _) = await cars.World.Researcher.TryAsync(
            ["dictionary", "preview", "--rows", "5", "--column", "weight", "--out", folder, "--json", .. About]);

        var sites = JsonDocument.Parse(output).RootElement.GetProperty("sites").EnumerateArray().OrderBy(site => site.GetProperty("site").GetString(), StringComparer.Ordinal).ToList();
        var rows = await File.ReadAllLinesAsync(Path.Combine(folder, "north.csv"), TestContext.Current.CancellationToken);
        Assert.Equal((7, Path.Combine(folder, "north.csv")), (exitCode, sites[0].GetProperty("file").GetString()));
        Assert.Equal(("synthetic_preview,weight", 6), (rows[0], rows.Length));
        Assert.Contains("too few rows to draw a preview from", sites[1].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    private static List<string> States(JsonElement variables) =>
        [.. variables.GetProperty("variables").EnumerateArray().Select(v => $"{v.GetProperty("name").GetString()} {v.GetProperty("status").GetString()}")];
}
