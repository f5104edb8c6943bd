using System.Diagnostics;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Keys;

/// <summary>
/// A researcher leaves: what they asked is handed to a successor, then their keys count no more. Nodes that are online are told
/// at once; nothing is asked of them at intervals.
/// </summary>
public sealed class LeavingTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private static readonly string[] Question =
    [
        "task", "run", "--algorithm", "summary", "--collaboration", World.Collaboration, "--data", "patients", "--args",
        """{ "columns": ["age"] }""",
    ];

    [Fact]
    public async Task TheResultsOfOneWhoLeaves_GoToASuccessor_AndTheirKeysCountNoMoreWithinAMinute()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(new WorldOptions(), stop);
        var (site, researcher) = (world.Site, world.Researcher);
        var asked = await researcher.TypeAsync([.. Question, "--wait"]);
        var successor = await HireAsync(world, "successor", stop);

        Assert.Equal(8, (await successor.TryAsync(["task", "result", asked, "--site", "north"])).ExitCode);
        var early = await successor.TypeAsync([.. Question, "--wait"]);
        var tablet = await DeviceAsync(world, "successor", "tablet", stop);
        Assert.Equal(8, (await tablet.Person.TryAsync("task", "result", early, "--site", "north")).ExitCode);
        await successor.TypeAsync("result", "share", "--all", "--with", "successor");
        Assert.Contains("age", (await tablet.Person.TryAsync("task", "result", early, "--site", "north", "--json")).Output, StringComparison.Ordinal);
        await researcher.TypeAsync("result", "share", asked, "--with", "successor");
        Assert.Contains("age", (await tablet.Person.TryAsync("task", "result", asked, "--site", "north", "--json")).Output, StringComparison.Ordinal);
        Assert.Contains("age", (await successor.TryAsync("task", "result", asked, "--site", "north", "--json")).Output, StringComparison.Ordinal);
        await researcher.TypeAsync("result", "unshare", asked, "--with", "successor");
        Assert.Equal(8, (await successor.TryAsync(["task", "result", asked, "--site", "north"])).ExitCode);
        await researcher.TypeAsync("result", "share", "--all", "--with", "successor");

        await site.Admin.TypeAsync("keys", "signer", "create", "--passphrase-file", site.Passphrase);
        await site.Admin.TypeAsync("keys", "revocations", "renew");
        await site.Process!.LineAsync(line => line.Contains("is now serial 1", StringComparison.Ordinal), stop);
        var both = await successor.TypeAsync([.. Question, "--wait"]);
        Assert.Contains("age", (await tablet.Person.TryAsync("task", "result", both, "--site", "north", "--json")).Output, StringComparison.Ordinal);
        await site.Admin.TypeAsync("keys", "revoke", tablet.Fingerprint, "--reason", "Left in a tram");
        await site.Process.LineAsync(line => line.Contains("is now serial 2", StringComparison.Ordinal), stop);
        Assert.Contains("key-revoked", (await tablet.Person.TryAsync([.. Question, "--json"])).Errors, StringComparison.Ordinal);
        var alone = await successor.TypeAsync([.. Question, "--wait"]);
        Assert.Contains("age", (await successor.TryAsync("task", "result", alone, "--site", "north", "--json")).Output, StringComparison.Ordinal);
        Assert.Equal(8, (await tablet.Person.TryAsync("task", "result", alone, "--site", "north")).ExitCode);
        await NodeAsync(site, "pause");
        var task = await researcher.TypeAsync(Question);
        var watch = Stopwatch.StartNew();
        await site.Admin.TypeAsync("keys", "revoke", "researcher", "--reason", "Left the hospital");
        await site.Process.LineAsync(line => line.Contains("is now serial 3", StringComparison.Ordinal), stop);
        var took = watch.Elapsed;
        await NodeAsync(site, "resume");

        TestContext.Current.TestOutputHelper?.WriteLine($"The node held the list {took.TotalSeconds:F1} s after the command was typed.");
        Assert.True(took < Bound, $"The node learned of the revocation after {took}.");
        await site.Process.LineAsync(line => line.Contains("is refused (key-revoked)", StringComparison.Ordinal), stop);
        await researcher.TryAsync("task", "watch", task);
        Assert.Contains("key-revoked", (await researcher.TryAsync("task", "show", task, "--json")).Output, StringComparison.Ordinal);
        var (exitCode, _, errors) = await researcher.TryAsync([.. Question, "--json"]);
        Assert.Equal(8, exitCode);
        Assert.Contains("key-revoked", errors, StringComparison.Ordinal);
        Assert.Contains("age", (await successor.TryAsync("task", "result", asked, "--site", "north", "--json")).Output, StringComparison.Ordinal);
    }

    private static async Task NodeAsync(Site site, string verb) =>
        Assert.Equal(0, (await site.Admin.TryAsync("node", verb, "--dir", site.NodeFolder)).ExitCode);

    private static async Task<VantageCommand> HireAsync(World world, string name, CancellationToken stop)
    {
        await world.Admin.TypeAsync("user", "create", name, "--organization", world.Site.Organization, "--role", "researcher",
            "--token-file", world.Folder.Sub($"{name}.token"));
        return (await DeviceAsync(world, name, "desk", stop)).Person;
    }

    /// <summary>A home of its own, with the person's token, and keys that the admin certified.</summary>
    private static async Task<(VantageCommand Person, string Fingerprint)> DeviceAsync(World world, string name, string device, CancellationToken stop)
    {
        var (person, site) = (new VantageCommand(world.Folder.Sub($"home-{name}-{device}"), stop), world.Site);
        var request = world.Folder.Sub($"{name}-{device}.pem");
        await person.TypeAsync("login", "--url", world.Url.ToString(), "--token-file", world.Folder.Sub($"{name}.token"));
        var fingerprint = await person.TypeAsync("keys", "request", "--out", request, "--device", device);
        await site.Admin.TypeAsync("keys", "certify", "--user", name, "--request", request, "--fingerprint", fingerprint, "--passphrase-file", site.Passphrase);
        await person.TypeAsync("keys", "install", site.Pins, Path.Combine(site.Admin.Home, "catalogue.jws"), "--fingerprint", site.Fingerprint);
        return (person, fingerprint);
    }
}
