using System.Text.Json;
using Federation.Tests.Processes;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Summaries;

namespace Federation.Tests.Notebooks;

public sealed class NotebookTests
{
    [Fact]
    public async Task SameTask_FromDotNetPythonAndR_GivesTheSameNumbersAndThoseOfThePooledRows()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder("notebooks");
        var clients = new InstalledClients(folder, stop);
        await clients.InstallAsync();
        await using var tumours = new Tumours(folder, stop);
        await tumours.StartAsync();
        var dotnet = new DotNetClient(tumours.Home);

        var summary = await dotnet.RunAsync("summary", Summary.Central, new SummaryArguments(["mean_radius", "mean_texture"]), stop);
        var counts = await dotnet.RunAsync("crosstab", Crosstab.Central, new CrosstabArguments("malignant"), stop);
        var fit = await dotnet.RunAsync("logistic", LogisticModel.Central, new LogisticArguments(Tumours.Formula), stop);
        var pythonSaid = await clients.ScriptAsync(clients.Python, tumours.Home, Sample("tumours.py"), folder.Sub("python.json"));
        var rSaid = await clients.ScriptAsync("Rscript", tumours.Home, Sample("tumours.R"), folder.Sub("r.json"));

        var (python, r) = (Read(folder.Sub("python.json")), Read(folder.Sub("r.json")));
        foreach (var (name, expected) in new[] { ("summary", summary), ("counts", counts), ("fit", fit) })
        {
            Assert.NotEmpty(Numbers(expected));
            Assert.Equal(Numbers(expected), Numbers(python.GetProperty(name).GetProperty("result")));
            Assert.Equal(Numbers(expected), Numbers(r.GetProperty(name).GetProperty("result")));
        }

        Assert.Equal(Numbers(summary), Numbers(python.GetProperty("there").GetProperty("result")));
        foreach (var (term, (estimate, error)) in Tumours.Pooled)
        {
            Assert.Equal(estimate, fit.GetProperty("coefficients").GetProperty(term).GetDouble(), Math.Abs(estimate) * 1e-9);
            Assert.Equal(error, fit.GetProperty("standardErrors").GetProperty(term).GetDouble(), error * 1e-9);
        }

        Assert.Equal([190, 190, 189], Tumours.Sites.Select(site => python.GetProperty("partials").GetProperty(site).GetProperty("rows").GetInt32()));
        Assert.All([pythonSaid, rSaid], said => Assert.Contains("disclosure control: off", said, StringComparison.Ordinal));
        Assert.All([pythonSaid, rSaid], said => Assert.Contains("mean_radios", said, StringComparison.Ordinal));
    }

    /// <summary>Every number with the place it stands at: equal to the last bit, or not equal.</summary>
    private static List<(string Path, double Value)> Numbers(JsonElement value, string path = "") => value.ValueKind switch
    {
        JsonValueKind.Number => [(path, value.GetDouble())],
        JsonValueKind.Object => [.. value.EnumerateObject().SelectMany(m => Numbers(m.Value, $"{path}/{m.Name}"))],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany((item, i) => Numbers(item, $"{path}/{i}"))],
        _ => [],
    };

    private static string Sample(string name) => Path.Combine(Programs.Repository, "Samples", "Notebooks", name);

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
}
