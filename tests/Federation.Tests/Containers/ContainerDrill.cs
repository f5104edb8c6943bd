using System.Diagnostics;
using System.Text.Json;
using Federation.Tests.Failures;
using Federation.Tests.Failures.Points;
using Federation.Tests.Failures.Questions;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Containers;

/// <summary>
/// Kills nodes at each durable step of running a container, two sites at a time, and starts them again: the answer comes,
/// never are two containers of a node's algorithm running, and nothing is left in the engine.
/// </summary>
internal sealed class ContainerDrill(World world, ImageAuthor author, ITestOutputHelper output)
{
    public async Task KillAtEachStepAsync(CancellationToken stop)
    {
        var points = NodeFailpoints.All.Where(point => point.Kind == QuestionKind.Contained).ToList();
        await using var events = ChildProcess.Start("docker", ["events", "--filter", "type=container", "--format", "{{.Action}} {{.Actor.Attributes.name}}"]);
        foreach (var pair in points.Chunk(world.Sites.Count))
        {
            await KillAsync(pair, stop);
        }

        foreach (var site in world.Sites)
        {
            NeverTwo(site, events.StandardOutput);
        }
    }

    private async Task KillAsync(FailpointCase[] points, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var armed = new List<(Site Site, FailpointCase Point, ChildProcess Process)>();
        foreach (var (site, point) in world.Sites.Zip(points))
        {
            await site.Process!.DisposeAsync();
            armed.Add((site, point, world.LaunchNode(site, point.Arming)));
        }

        var answer = world.AskAsync(author.Reference, "{}", "--function", "abroad");
        foreach (var (site, point, process) in armed)
        {
            await FailingFederation.DiedAsync(process, point, stop);
            await process.DisposeAsync();
            world.LaunchNode(site);
        }

        Assert.Equal(world.Sites.Count, Sums(await answer));
        foreach (var site in world.Sites)
        {
            Assert.Empty(await ImageAuthor.ContainersAsync(site.Node, stop));
            Assert.Empty(await ImageAuthor.VolumesAsync(site.Node, stop));
        }

        output.WriteLine($"{string.Join(", ", points.Select(point => point.Name))}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    private static void NeverTwo(Site site, string events)
    {
        var running = new HashSet<string>();
        foreach (var words in events.Split('\n').Select(line => line.Split(' ')).Where(words => words is [_, var name]
            && name.StartsWith($"vtg-{site.Node}-", StringComparison.Ordinal) && !name.EndsWith("-door", StringComparison.Ordinal)))
        {
            if (words[0] == "start")
            {
                Assert.True(running.Count == 0, $"{words[1]} was started beside {string.Join(", ", running)}");
                running.Add(words[1]);
            }
            else if (words[0] is "die" or "destroy")
            {
                running.Remove(words[1]);
            }
        }
    }

    private static int Sums(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => (element.TryGetProperty("sum", out _) ? 1 : 0) + element.EnumerateObject().Sum(member => Sums(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(Sums),
        _ => 0,
    };
}
