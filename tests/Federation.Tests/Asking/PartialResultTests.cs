using System.Text.Json;
using Federation.Tests.Worlds;

namespace Federation.Tests.Asking;

/// <summary>A site that is away when it is asked, with real processes: said, counted out only if welcome, asked again.</summary>
public sealed class PartialResultTests
{
    /// <summary>Both sites hold the ages 20 to 79; by Python's statistics module.</summary>
    private const double Mean = 49.5;
    private const double StandardDeviation = 17.390715189143773;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SiteThatIsOffline_IsMissingWithItsReason_AndARetryBringsTheWhole()
    {
        await using var world = await World.StartAsync(
            new WorldOptions { Sites = ["north", "south"], StartNodes = false }, Stop);
        await world.StartNodeAsync(world.Sites[0]);

        // Three quarters of a minute, by which the one that is there has answered on a slow machine too.
        var said = await world.Researcher.TryAsync("task", "run", "--algorithm", "summary", "--collaboration", World.Collaboration,
            "--data", "patients", "--lifetime", "0.0125", "--accept-missing", "--wait", "--json");
        await world.StartNodeAsync(world.Sites[1]);
        var partial = JsonDocument.Parse(said.Output).RootElement;
        var task = partial.GetProperty("task").GetString()!;
        var whole = await world.Researcher.AskAsync("task", "retry", task, "--site", "south", "--wait");
        var later = await world.Researcher.AskAsync("task", "result", task);

        Assert.Equal((7, "Partial", 60, true), (said.ExitCode, Text(partial, "outcome"), Rows(partial), Holds(partial)));
        var missing = Assert.Single(partial.GetProperty("sites").GetProperty("missing").EnumerateArray());
        Assert.Equal(("south", "expired"), (Text(missing, "site"), Text(missing, "code")));
        Assert.Contains("north only", partial.GetProperty("sites").GetProperty("note").GetString(), StringComparison.Ordinal);

        Assert.Equal(("Succeeded", 120, true), (Text(whole, "outcome"), Rows(whole), Holds(whole)));
        Assert.Equal(Text(partial, "job"), Text(whole, "job"));
        Assert.Equal([("north", 1, true), ("south", 2, true)], whole.GetProperty("receipts").EnumerateArray().Select(r =>
            (Text(r, "site"), r.GetProperty("round").GetInt32(), r.GetProperty("verified").GetBoolean())));
        var age = whole.GetProperty("result").GetProperty("columns")[0];
        Assert.Equal(Mean, age.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal(StandardDeviation, age.GetProperty("standardDeviation").GetDouble(), 1e-12);
        Assert.Equal(whole.GetRawText(), later.GetRawText());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static bool Holds(JsonElement answer) => answer.GetProperty("sites").GetProperty("holds").GetBoolean();

    private static int Rows(JsonElement answer) => answer.GetProperty("result").GetProperty("rows").GetInt32();
}
