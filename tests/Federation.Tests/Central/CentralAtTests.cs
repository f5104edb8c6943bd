using Federation.Tests.Worlds;

namespace Federation.Tests.Central;

/// <summary>A central program at a node gives what the same program gives in the researcher's own process.</summary>
public sealed class CentralAtTests
{
    [Fact]
    public async Task Summary_AtAPartnersNode_GivesTheNumbersOfTheResearchersOwnProgram()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(new WorldOptions
        {
            Sites = ["north", "south"],
            Rows = site => "age,weight\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{20 + i + site.Length},{50.5 + (i * 1.1)}\n")),
            CentralSite = "south",
        }, stop);

        var here = await world.AskAsync("summary", """{"columns":["age","weight"]}""");
        var there = await world.AskAsync("summary", """{"columns":["age","weight"]}""", "--central-at", "south");

        Assert.Equal(here.GetProperty("result").ToString(), there.GetProperty("result").ToString());
        Assert.Equal(["north", "south"], there.GetProperty("sites").GetProperty("answered").EnumerateArray().Select(s => s.GetString()!).Order());
        Assert.Equal(3, there.GetProperty("receipts").GetArrayLength());
    }
}
