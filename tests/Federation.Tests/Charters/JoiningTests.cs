using System.Security.Cryptography;
using System.Text.Json;
using Federation.Tests.Worlds;

namespace Federation.Tests.Charters;

/// <summary>
/// Partners who signed a charter take in another one, and a node more: real programs, and every file of configuration at
/// the others held against what it was before.
/// </summary>
public sealed class JoiningTests
{
    private const string Members = "members";

    [Fact]
    public async Task Newcomer_JoinsByOneCommandAndNoFileChangesAnywhereElse()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(new WorldOptions { Sites = ["north", "south"], Rows = Rows, AskerRule = Members }, stop);
        var (north, south) = (world.Sites[0], world.Sites[1]);
        await FoundCharterAsync(world, north, south);
        var newcomer = await world.AddPartnerAsync("west");
        var before = Configuration(north, south);

        var root = Path.Combine(newcomer.Admin.Home, "keys", "root.crt");
        var draft = world.Folder.Sub("next.json");
        var fingerprint = await north.Admin.TypeAsync("charter", "draft", World.Collaboration, "--add", root, "--out", draft);
        string[] compared = ["--partner", $"{newcomer.Organization}={newcomer.Fingerprint}"];
        await north.Admin.TypeAsync(["charter", "propose", draft, .. compared, "--passphrase-file", north.Passphrase]);
        await south.Admin.TypeAsync(["charter", "sign", World.Collaboration, .. compared, "--passphrase-file", south.Passphrase]);
        var collaboration = await north.Admin.TypeAsync("collaboration", "show", World.Collaboration);
        await newcomer.Admin.TypeAsync("charter", "join", collaboration, "--charter", fingerprint, "--passphrase-file", newcomer.Passphrase);
        await world.SetUpNodeAsync(newcomer, withPins: false);
        await world.StartNodeAsync(newcomer);

        // To the newcomer and from it.
        Assert.Equal(3 * 60, Count(await world.AskAsync("summary", "{\"columns\":[\"age\"]}")));
        var theirs = await world.AddResearcherAsync(newcomer);
        Assert.Equal(3 * 60, Count(await theirs.AskAsync("task", "run", "--algorithm", "summary", "--collaboration", World.Collaboration,
            "--data", "patients", "--args", "{\"columns\":[\"age\"]}", "--wait")));
        Assert.Equal(before, Configuration(north, south));

        // A further node of a member needs nothing anywhere either.
        await newcomer.Process!.StopAsync(stop);
        var second = await world.AddNodeAsync(newcomer, "west-2", withPins: false);
        await IsAloneAsync(world, newcomer.Organization, second.Node);
        var asked = await world.AskAsync("summary", "{\"columns\":[\"age\"]}", "--organization", newcomer.Organization);
        Assert.Equal(60, Count(asked));
        Assert.Equal(before, Configuration(north, south));
    }

    /// <summary>Until the lease of the organization's other node has lapsed, questions may still go there.</summary>
    private static async Task IsAloneAsync(World world, string organization, string node)
    {
        while (true)
        {
            var shown = await world.Admin.AskAsync("collaboration", "show", World.Collaboration);
            var online = shown.GetProperty("members").EnumerateArray()
                .Single(member => member.GetProperty("organization").GetString() == organization)
                .GetProperty("nodes").EnumerateArray().Where(n => n.GetProperty("online").GetBoolean());
            if (online.Select(n => n.GetProperty("id").GetString()).SequenceEqual([node]))
            {
                return;
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static async Task FoundCharterAsync(World world, Site north, Site south)
    {
        var draft = world.Folder.Sub("first.json");
        await north.Admin.TypeAsync("charter", "draft", World.Collaboration, "--purpose", "A study of three", "--until", $"{TimeProvider.System.GetUtcNow().AddYears(1):yyyy-MM-dd}", "--out", draft);
        await north.Admin.TypeAsync("charter", "propose", draft, "--passphrase-file", north.Passphrase);
        await south.Admin.TypeAsync("charter", "sign", World.Collaboration, "--passphrase-file", south.Passphrase);
    }

    private static string Rows(string site) => "age,weight\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{20 + i},{50.5 + i}\n"));

    private static int Count(JsonElement answer) =>
        answer.GetProperty("result").GetProperty("columns")[0].GetProperty("count").GetInt32();

    /// <summary>All that an admin writes at a node or in a home, by digest; what programs keep for themselves is not among it.</summary>
    private static SortedDictionary<string, string> Configuration(params Site[] sites)
    {
        var files = sites.SelectMany(site => new[] { "node.yaml", "policy.yaml", "pins.jws", "root.pem" }.Select(name => Path.Combine(site.NodeFolder, name))
            .Append(site.Pins));
        return new(files.Where(File.Exists).ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));
    }
}
