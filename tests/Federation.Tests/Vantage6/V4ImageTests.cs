using System.Globalization;
using System.Text.Json;
using Federation.Tests.Approvals;
using Federation.Tests.Containers;
using Federation.Tests.Worlds;

namespace Federation.Tests.Vantage6;

/// <summary>An image made for vantage6, as it is, in a federation of three nodes: a real registry, a real engine, nobody's kit.</summary>
public sealed class V4ImageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task V4Image_AsksTheSitesThroughItsProxy_GivesTheBuiltInsMean_AndReachesNothingElse()
    {
        await using var author = await V4Author.StartAsync(Stop);
        await using var world = await World.StartAsync(new WorldOptions
        {
            Sites = ["north", "south", "east"],
            Rows = Rows,
            CentralSite = "south",
            Rule = "    logs: release",
            NodeYaml = $"registries: [{{ host: \"{author.Host}\", insecure: true }}]",
        }, Stop);
        await author.AdoptAsync(world.Researcher, Stop);
        foreach (var site in world.Sites)
        {
            await site.AllowImagesAsync(author.PublicKey, $"{author.Host}/partner/*", [author.Repository], Stop);
        }

        var builtIn = (await world.AskAsync("summary", """{"columns":["age"]}""")).GetProperty("result");
        var all = await CentralAsync(world, author, "central", """{"column":"age"}""");
        var one = await CentralAsync(world, author, "central", """{"column":"age","first_only":true}""");
        var probe = await CentralAsync(world, author, "probe", "{}");

        Assert.Equal((builtIn.GetProperty("rows").GetInt32(), 3), (all.GetProperty("count").GetInt32(), all.GetProperty("sites").GetInt32()));
        Assert.Equal(builtIn.GetProperty("columns")[0].GetProperty("mean").GetDouble(), all.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal((61, 1), (one.GetProperty("count").GetInt32(), one.GetProperty("sites").GetInt32()));
        Nothing(probe, "databases", "secrets", "writable", "tricks", "addresses", "vpn");
        Assert.Equal((65532, "active"), (probe.GetProperty("uid").GetInt32(), probe.GetProperty("own").GetString()));
        Assert.Equal("""["lo"]""", probe.GetProperty("interfaces").GetRawText());
        Assert.Equal("[404,404,401,403]", probe.GetProperty("refused").GetRawText());
        await WithoutASchema_APersonReleasesAsync(world, author);
        foreach (var site in world.Sites)
        {
            Assert.Empty(await ImageAuthor.ContainersAsync(site.Node, Stop));
            Assert.Empty(await ImageAuthor.VolumesAsync(site.Node, Stop));
        }
    }

    /// <summary>Its sidecar says nothing of what 'values' gives, and the rule nothing of a person: the result waits for one all the same.</summary>
    private static async Task WithoutASchema_APersonReleasesAsync(World world, V4Author author)
    {
        var task = (await world.Researcher.AskAsync("task", "run", "--algorithm", author.Reference, "--collaboration", World.Collaboration, "--data", "patients",
            "--organization", world.Site.Organization, "--args", """{"column":"age"}""", "--function", "values")).GetProperty("task").GetString()!;
        var question = await ApprovalTests.WaitsAsync(world, task, "before-release", Stop);
        var (shown, before) = ((await ApprovalTests.NodeAsync(world, "show", question.Run)).Output, await world.Researcher.TryAsync("task", "result", task, "--json"));

        Assert.DoesNotContain("approval", await File.ReadAllTextAsync(world.Site.Policy, Stop), StringComparison.Ordinal);
        Assert.Contains("\"values\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\"values\":[", before.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await ApprovalTests.NodeAsync(world, "approve", question.Run, "--digest", question.Subject)).Exit);
        await world.Researcher.TypeAsync("task", "watch", task);
        var (_, answer, _) = await world.Researcher.TryAsync("task", "result", task, "--json");
        Assert.Contains("\"values\":[", answer.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> CentralAsync(World world, V4Author author, string function, string arguments)
    {
        var asked = await world.Researcher.AskAsync("task", "run", "--algorithm", author.Reference, "--collaboration", World.Collaboration, "--data", "patients",
            "--args", arguments, "--function", function, "--central-at", "south", "--delegate", "partial");
        var task = asked.GetProperty("task").GetString()!;
        await world.Researcher.TryAsync("task", "watch", task);
        var (_, log, _) = await world.Researcher.TryAsync("task", "result", task, "--site", "south", "--log");
        Assert.StartsWith($"running {function}", log, StringComparison.Ordinal);
        var (_, answer, errors) = await world.Researcher.TryAsync("task", "result", task, "--json");
        using var read = JsonDocument.Parse(answer);
        var site = Assert.Single(read.RootElement.GetProperty("sites").EnumerateArray());
        return site.TryGetProperty("result", out var result) ? result.Clone() : throw new Xunit.Sdk.XunitException($"{answer} {errors} {log}");
    }

    private static void Nothing(JsonElement probe, params string[] names) =>
        Assert.All(names, name => Assert.Equal("[]", probe.GetProperty(name).GetRawText()));

    private static string Rows(string site) => "age,weight\n" + string.Concat(Enumerable.Range(0, 61).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{20.1 + (i * 7 % 31 * 1.3) + site.Length},{50 + i}\n")));
}
