using Federation.Tests.Worlds;

namespace Federation.Tests.Containers;

/// <summary>Programs that stay, in a federation of real processes: the same numbers, fewer starts, and nothing of them after a kill.</summary>
internal sealed class WarmDrill(World world, ImageAuthor author)
{
    private const string Question = """{"formula":"sick ~ age"}""";

    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var site in world.Sites)
        {
            var table = Path.Combine(site.NodeFolder, "patients.csv");
            await File.WriteAllTextAsync(table, Rows(site.Name), stop);
            File.SetLastWriteTimeUtc(table, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        }

        var cold = await LoopAsync();
        foreach (var site in world.Sites)
        {
            await File.WriteAllTextAsync(site.Policy, (await File.ReadAllTextAsync(site.Policy, stop))
                .Replace("  docker: allow\n", "  docker: allow\n  warm: allow\n", StringComparison.Ordinal), stop);
        }

        var warm = await LoopAsync();
        var central = await world.AskAsync("logistic", Question, "--central-at", "south");

        Assert.Equal(cold.Result, warm.Result);
        // What the rounds of a central function gave, its node alone can read: that they were asked is in their receipts.
        Assert.Equal(cold.Result, central.GetProperty("result").GetRawText());
        Assert.Equal(0, cold.Kept);
        // The first round starts the program, every later one of the job finds it there; at both sites.
        Assert.True(warm.Rounds > 3 && warm.Kept == warm.Rounds, $"{warm}");
        await GoneWithItsNodeAsync(stop);
    }

    /// <summary>Killed beside a container that stands ready, the node leaves it; started again, it sweeps it before anything else.</summary>
    private async Task GoneWithItsNodeAsync(CancellationToken stop)
    {
        var site = world.Site;
        await world.AskAsync(author.Reference, """{"columns":["age"]}""", "--function", "partial");
        Assert.Single(await ImageAuthor.ContainersAsync(site.Node, stop));

        site.Process!.Kill();
        await site.Process.ExitAsync(stop);
        await site.Process.DisposeAsync();
        Assert.Single(await ImageAuthor.ContainersAsync(site.Node, stop));
        await world.StartNodeAsync(site);
        while ((await ImageAuthor.ContainersAsync(site.Node, stop)).Count + (await ImageAuthor.VolumesAsync(site.Node, stop)).Count > 0)
        {
            await Task.Delay(250, stop);
        }

        // One that ends in order takes what stands ready with it.
        foreach (var other in world.Sites)
        {
            await other.Process!.StopAsync(stop);
            Assert.Empty(await ImageAuthor.ContainersAsync(other.Node, stop));
            Assert.Empty(await ImageAuthor.VolumesAsync(other.Node, stop));
        }
    }

    /// <summary>A client's own loop: each round a task of one job, whose receipts the client can read.</summary>
    private async Task<Asked> LoopAsync()
    {
        var answer = await world.AskAsync("logistic", Question);
        var kept = 0;
        var rounds = answer.GetProperty("receipts").EnumerateArray().Select(receipt => receipt.GetProperty("task").GetString()!).Distinct().ToList();
        foreach (var task in rounds)
        {
            var receipt = await world.Researcher.AskAsync("task", "result", task, "--site", "north", "--receipt");
            kept += receipt.GetProperty("sandbox").GetProperty("enforced").TryGetProperty("warm", out _) ? 1 : 0;
        }

        return new(answer.GetProperty("result").GetRawText(), rounds.Count, kept);
    }

    private static string Rows(string site) => "age,sick\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
        $"{30 + (i * 7 % 41) + site.Length},{((i * 13 % 17) + (i * 7 % 41 / 6) > 10 ? 1 : 0)}\n"));

    private sealed record Asked(string Result, int Rounds, int Kept);
}
