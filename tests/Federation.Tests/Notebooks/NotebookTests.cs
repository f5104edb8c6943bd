using System.Text.Json;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Notebooks;

public sealed class NotebookTests
{
    private static readonly string[] Sites = ["north", "south", "west"];

    [Fact]
    public async Task SameTask_FromDotNetPythonAndR_GivesTheSameNumbers()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder("notebooks");
        var clients = new InstalledClients(folder, stop);
        await clients.BuildAsync();
        await using var world = await World.StartAsync(new WorldOptions { Sites = Sites, Rows = Third }, stop);
        var home = world.Researcher.Home;

        var dotnet = await world.AskAsync("summary", """{"columns":["mean_radius","mean_texture"]}""");
        await clients.InstallPythonAsync();
        await clients.ScriptAsync(clients.Python, home, Sample("tumours.py"), folder.Sub("python.json"));
        await clients.InstallRAsync();
        await clients.ScriptAsync("Rscript", home, Sample("tumours.R"), folder.Sub("r.json"));

        var python = Read(folder.Sub("python.json"));
        var expected = Numbers(dotnet.GetProperty("result"));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Numbers(python.GetProperty("summary").GetProperty("result")));
        Assert.Equal(expected, Numbers(Read(folder.Sub("r.json")).GetProperty("summary").GetProperty("result")));
        Assert.Equal([190, 190, 189], Sites.Select(site => python.GetProperty("partials").GetProperty(site).GetProperty("rows").GetInt32()));
    }

    /// <summary>Every number with the place it stands at: equal to the last bit, or not equal.</summary>
    private static List<(string Path, double Value)> Numbers(JsonElement value, string path = "") => value.ValueKind switch
    {
        JsonValueKind.Number => [(path, value.GetDouble())],
        JsonValueKind.Object => [.. value.EnumerateObject().SelectMany(m => Numbers(m.Value, $"{path}/{m.Name}"))],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany((item, i) => Numbers(item, $"{path}/{i}"))],
        _ => [],
    };

    /// <summary>The public tumours, row i at site i mod 3.</summary>
    private static string Third(string site)
    {
        var lines = File.ReadAllLines(Path.Combine(Programs.Repository, "Samples", "Quickstart", "wdbc.csv"));
        return string.Concat(lines.Where((_, i) => i == 0 || (i - 1) % 3 == Array.IndexOf(Sites, site)).Select(line => line + "\n"));
    }

    private static string Sample(string name) => Path.Combine(Programs.Repository, "Samples", "Notebooks", name);

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
}
