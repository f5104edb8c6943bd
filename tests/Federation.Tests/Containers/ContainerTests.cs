using System.Diagnostics;
using System.Text.Json;
using Federation.Tests.Worlds;

namespace Federation.Tests.Containers;

/// <summary>A signed image in a federation of real processes, on a real engine, from a real registry.</summary>
public sealed class ContainerTests(ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignedImage_GivesTheBuiltInsNumbers_SurvivesItsNodesDeath_AndIsGoneWhenCancelled()
    {
        await using var author = await ImageAuthor.StartAsync(Stop);
        await using var world = await World.StartAsync(new WorldOptions
        {
            Sites = ["north", "south"],
            CentralSite = "south",
            NodeYaml = $"registries: [{{ host: \"{author.Host}\", insecure: true }}]",
        }, Stop);
        await author.SignAsync(Stop);
        foreach (var site in world.Sites)
        {
            await site.AllowImagesAsync(author.PublicKey, $"{author.Host}/study/*", [author.Repository], Stop,
                "egress: [{ name: terms, host: terms.example.org, port: 443 }]");
        }

        var ordinary = await Renewals.DuringAsync(world, world.Site, () => SameNumbersAsync(world, author), Stop);
        // The machine's other load is in both; what the floods add to it is theirs.
        var bound = new[] { TimeSpan.FromSeconds(2), ordinary + TimeSpan.FromSeconds(2) - Renewals.Due }.Max();
        await Promptly.WithinAsync(bound, async () =>
        {
            var flooded = await Renewals.DuringAsync(world, world.Site, () => FloodAsync(world, author), Stop);
            output.WriteLine($"longest time between two renewals of the node's lease, due every second: {ordinary.TotalSeconds:0.00} s over ordinary runs, {flooded.TotalSeconds:0.00} s under floods");
            return flooded;
        });
        await new ContainerDrill(world, author, output).KillAtEachStepAsync(Stop);
        await Promptly.WithinAsync(TimeSpan.FromSeconds(10), () => OneContainerAfterAKillAsync(world, author));
        await new WarmDrill(world, author).RunAsync(Stop);
        await new ReviewDrill(world, author).RunAsync(Stop);
    }

    /// <summary>Beside the data as a process, and in a container: two sites, one answer.</summary>
    private static async Task SameNumbersAsync(World world, ImageAuthor author)
    {
        var builtIn = (await world.AskAsync("summary", """{"columns":["age"]}""")).GetProperty("result");
        var image = await world.AskAsync(author.Reference, """{"columns":["age"]}""", "--function", "partial");

        var (count, sum) = (0, 0.0);
        foreach (var answer in Objects(image).Where(o => o.TryGetProperty("sum", out _)))
        {
            count += answer.GetProperty("count").GetInt32();
            sum += answer.GetProperty("sum").GetDouble();
        }

        Assert.True(count == builtIn.GetProperty("rows").GetInt32(), image.ToString());
        Assert.Equal(builtIn.GetProperty("columns")[0].GetProperty("mean").GetDouble(), sum / count, 12);
        foreach (var site in world.Sites)
        {
            Assert.Empty(await ImageAuthor.ContainersAsync(site.Node, Stop));
            Assert.Empty(await ImageAuthor.VolumesAsync(site.Node, Stop));
        }
    }

    /// <summary>Processes, memory, open files, scratch space and words, all at once and at both sites, for as long as it takes to see renewals.</summary>
    private static async Task FloodAsync(World world, ImageAuthor author)
    {
        var answer = await world.AskAsync(author.Reference, "{}", "--function", "all-floods");

        Assert.Equal(world.Sites.Count, Objects(answer).Count(o => o.TryGetProperty("sum", out _)));
    }

    /// <summary>How long it took until the container was gone, once the task was cancelled.</summary>
    private static async Task<TimeSpan> OneContainerAfterAKillAsync(World world, ImageAuthor author)
    {
        var site = world.Site;
        var task = (await world.Researcher.AskAsync("task", "run", "--algorithm", author.Reference, "--function", "wait", "--collaboration", World.Collaboration,
            "--organization", site.Organization, "--data", "patients", "--args", "{}")).GetProperty("task").GetString()!;
        var first = await OneAsync(site, other: null);
        site.Process!.Kill();
        await site.Process.ExitAsync(Stop);
        await site.Process.DisposeAsync();

        Assert.Equal([first], await ImageAuthor.ContainersAsync(site.Node, Stop));
        await world.StartNodeAsync(site);
        await OneAsync(site, other: first);
        var asked = Stopwatch.GetTimestamp();
        await world.Researcher.TryAsync("task", "cancel", task, "--yes");
        while ((await ImageAuthor.ContainersAsync(site.Node, Stop)).Count + (await ImageAuthor.VolumesAsync(site.Node, Stop)).Count > 0)
        {
            await Task.Delay(250, Stop);
        }

        return Stopwatch.GetElapsedTime(asked);
    }

    /// <summary>The node's only container; never more than one.</summary>
    private static async Task<string> OneAsync(Site site, string? other)
    {
        while (true)
        {
            var containers = await ImageAuthor.ContainersAsync(site.Node, Stop);
            Assert.InRange(containers.Count, 0, 1);
            if (containers is [var one] && one != other)
            {
                return one;
            }

            await Task.Delay(250, Stop);
        }
    }

    private static IEnumerable<JsonElement> Objects(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => root.EnumerateObject().SelectMany(member => Objects(member.Value)).Prepend(root),
        JsonValueKind.Array => root.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
