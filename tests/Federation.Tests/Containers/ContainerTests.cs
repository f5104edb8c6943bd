using System.Diagnostics;
using System.Text.Json;
using Federation.Tests.Worlds;

namespace Federation.Tests.Containers;

/// <summary>A signed image in a federation of real processes, on a real engine, from a real registry.</summary>
public sealed class ContainerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignedImage_GivesTheBuiltInsNumbers_SurvivesItsNodesDeath_AndIsGoneWhenCancelled()
    {
        await using var author = await ImageAuthor.StartAsync(Stop);
        await using var world = await World.StartAsync(new WorldOptions
        {
            Sites = ["north", "south"],
            NodeYaml = $"registries: [{{ host: \"{author.Host}\", insecure: true }}]",
        }, Stop);
        await author.SignAsync(world.Researcher, Stop);
        foreach (var site in world.Sites)
        {
            await AllowAsync(site, author);
        }

        await SameNumbersAsync(world, author);
        await OneContainerAfterAKillAsync(world, author);
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

    private static async Task OneContainerAfterAKillAsync(World world, ImageAuthor author)
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

        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(10));
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

    private static async Task AllowAsync(Site site, ImageAuthor author)
    {
        var policy = await File.ReadAllTextAsync(site.Policy, Stop);
        await File.WriteAllTextAsync(site.Policy, policy
            .Replace("runtime:\n", $$"""
                publishers: [{ name: authors, key: {{author.PublicKey}}, repositories: ["{{author.Host}}/study/*"] }]
                runtime:
                  docker: allow

                """, StringComparison.Ordinal)
            .Replace("algorithms: [", $"publishers: [authors]\n    algorithms: [\"oci:{author.Repository}\", ", StringComparison.Ordinal), Stop);
    }

    private static IEnumerable<JsonElement> Objects(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => root.EnumerateObject().SelectMany(member => Objects(member.Value)).Prepend(root),
        JsonValueKind.Array => root.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
