using System.Globalization;
using System.Text.Json;
using Federation.Tests.Worlds;

namespace Federation.Tests.Central;

/// <summary>
/// Central programs at a node, by real processes. The federation is set up once for all of it: two sites, of which the
/// second one's node runs the programs.
/// </summary>
public sealed class CentralAtTests
{
    private const string Fit = """{"formula":"ill ~ age + weight"}""";

    [Fact]
    public async Task CentralPrograms_AtANode_GiveTheSameNumbers_SurviveItsDeath_AndEndWithTheirTask()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(new WorldOptions
        {
            Sites = ["north", "south"],
            Rows = Rows,
            CentralSite = "south",
        }, stop);

        await GivesTheSameNumbersAsync(world, "summary", """{"columns":["age","weight"]}""");
        await GivesTheSameNumbersAsync(world, "logistic", Fit);
        await FindsItsRoundAgainAsync(world, stop);
        await EndsWithItsTaskAsync(world, stop);
        await SaysWhichSiteRefusedAsync(world, stop);
    }

    private static async Task GivesTheSameNumbersAsync(World world, string algorithm, string arguments)
    {
        var here = await world.AskAsync(algorithm, arguments);
        var there = await world.AskAsync(algorithm, arguments, "--central-at", "south");

        Assert.Equal(here.GetProperty("result").ToString(), there.GetProperty("result").ToString());
        Assert.Equal("Succeeded", there.GetProperty("outcome").GetString());
        Assert.Equal(["north", "south"], there.GetProperty("sites").GetProperty("answered").EnumerateArray().Select(s => s.GetString()!).Order());
        Assert.True(there.GetProperty("sites").GetProperty("holds").GetBoolean());
        var receipts = there.GetProperty("receipts").EnumerateArray().ToList();
        Assert.Equal(here.GetProperty("receipts").GetArrayLength() + 1, receipts.Count);
        Assert.All(receipts, receipt => Assert.True(receipt.GetProperty("verified").GetBoolean()));
        var task = there.GetProperty("task").GetString()!;
        Assert.Equal(there.GetProperty("result").ToString(),
            (await world.Researcher.AskAsync("task", "result", task)).GetProperty("result").ToString());
    }

    /// <summary>The site that is asked is away, the node that asks is killed: begun anew, it waits for the round it had asked.</summary>
    private static async Task FindsItsRoundAgainAsync(World world, CancellationToken stop)
    {
        var (north, south) = (world.Sites[0], world.Sites[1]);
        await KillAsync(north, stop);
        var asked = await SubmitAsync(world);
        await RoundsAsync(world, asked.Job, rounds => rounds.Count == 1, stop);
        await SaysThatItWaitsForSitesAsync(world, asked.Task, stop);
        await KillAsync(south, stop);

        await world.StartNodeAsync(south);
        await world.StartNodeAsync(north);
        await world.Researcher.TypeAsync("task", "watch", asked.Task);

        var answer = await world.Researcher.AskAsync("task", "result", asked.Task);
        Assert.Equal(120, answer.GetProperty("result").GetProperty("rows").GetInt32());
        var rounds = await RoundsAsync(world, asked.Job, _ => true, stop);
        Assert.Single(rounds);
    }

    private static async Task SaysThatItWaitsForSitesAsync(World world, string task, CancellationToken stop)
    {
        while ((await world.Researcher.AskAsync("task", "show", task)).GetProperty("runs")[0].GetProperty("waiting").GetString() != "waiting-for-sites")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }

        var explained = await world.Researcher.AskAsync("task", "explain", task);
        Assert.Equal("it waits for what it asked of the other sites", explained.GetProperty("runs")[0].GetProperty("waiting").GetString());
    }

    private static async Task EndsWithItsTaskAsync(World world, CancellationToken stop)
    {
        var north = world.Sites[0];
        await KillAsync(north, stop);
        var asked = await SubmitAsync(world);
        await RoundsAsync(world, asked.Job, rounds => rounds.Count == 1, stop);

        await world.Researcher.TypeAsync("task", "cancel", asked.Task);
        var ended = await RoundsAsync(world, asked.Job, rounds => rounds.All(round => round.TryGetProperty("outcome", out _)), stop);

        Assert.Equal("Cancelled", Run(Assert.Single(ended), north.Organization).GetProperty("outcome").GetString());
        await world.StartNodeAsync(north);
    }

    private static async Task SaysWhichSiteRefusedAsync(World world, CancellationToken stop)
    {
        var north = world.Sites[0];
        var policy = await File.ReadAllTextAsync(north.Policy, stop);
        await File.WriteAllTextAsync(north.Policy, policy.Replace("    delegates:", "    # delegates:", StringComparison.Ordinal), stop);

        var (exit, output, errors) = await world.Researcher.TryAsync("task", "run", "--algorithm", "summary", "--collaboration",
            World.Collaboration, "--data", "patients", "--args", "{}", "--central-at", "south", "--wait", "--json");

        Assert.NotEqual(0, exit);
        Assert.Contains("1 of 2 sites gave no result: north refused by its rule", output + errors, StringComparison.Ordinal);
        Assert.Contains($"organization {world.Sites[1].Organization} is not listed", output + errors, StringComparison.Ordinal);
        Assert.Contains("policy-refused", output, StringComparison.Ordinal);
    }

    private static string Rows(string site) => "age,weight,ill\n" + string.Concat(Enumerable.Range(0, 60).Select(i => string.Create(
        CultureInfo.InvariantCulture, $"{20 + i + site.Length},{50.5 + (i * 7 % 31 * 1.1)},{((i * 13 % 17) + (i / 6) > 12 ? "yes" : "no")}\n")));

    private static async Task<(string Task, string Job)> SubmitAsync(World world)
    {
        var asked = await world.Researcher.AskAsync("task", "run", "--algorithm", "summary", "--collaboration", World.Collaboration,
            "--data", "patients", "--args", """{"columns":["age"]}""", "--central-at", "south");
        return (asked.GetProperty("task").GetString()!, asked.GetProperty("job").GetString()!);
    }

    /// <summary>The tasks of the job besides the central one, as soon as they are as they should be.</summary>
    private static async Task<List<JsonElement>> RoundsAsync(
        World world, string job, Func<List<JsonElement>, bool> wanted, CancellationToken stop)
    {
        while (true)
        {
            var tasks = await world.Researcher.AskAsync("task", "list", "--collaboration", World.Collaboration);
            var rounds = tasks.GetProperty("items").EnumerateArray()
                .Where(task => task.GetProperty("job").GetString() == job && task.GetProperty("function").GetString() != "central").ToList();
            if (wanted(rounds))
            {
                return rounds;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }
    }

    private static JsonElement Run(JsonElement task, string organization) =>
        task.GetProperty("runs").EnumerateArray().Single(run => run.GetProperty("organization").GetString() == organization);

    private static async Task KillAsync(Site site, CancellationToken stop)
    {
        site.Process!.Kill();
        await site.Process.ExitAsync(stop);
        await site.Process.DisposeAsync();
    }
}
