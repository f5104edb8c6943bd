using System.Text.Json;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Audits;

/// <summary>What an auditor does, by the commands that people type, and a database that goes back in time.</summary>
public sealed class AuditTests
{
    private const string Arguments = """{"columns":["age"]}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheTrailsVerify_AndARestoredDatabase_IsNoticedByANodeAndByWhoeverHasItsHead()
    {
        await using var world = await World.StartAsync(new WorldOptions(), Stop);
        var answer = await world.AskAsync("summary", Arguments);
        var task = answer.GetProperty("task").GetString()!;

        await VerifiesAsync(world);
        await ExportsAsync(world, task);
        await ShowsTheNodesTrailAsync(world, task);
        await GoesBackAsync(world);
    }

    /// <summary>By the Coordinator's admin, who sees all, and by an organization's, who sees a part.</summary>
    private static async Task VerifiesAsync(World world)
    {
        var (key, part) = (Path.Combine(world.CoordinatorData, "audit.pub"), world.Folder.Sub("part.jsonl"));
        await world.Site.Admin.TypeAsync("audit", "forget", await world.Researcher.TypeAsync("user", "show"));
        await world.Site.Admin.TypeAsync("audit", "export", "--output", part);

        var online = await world.Admin.AskAsync("audit", "verify", "--key", key);
        var offline = await world.Site.Admin.AskAsync("audit", "verify", "--file", part, "--key", key);
        await File.WriteAllTextAsync(part, (await File.ReadAllTextAsync(part, Stop)).Replace("user.create", "user.delete", StringComparison.Ordinal), Stop);
        var broken = await world.Admin.TryAsync("audit", "verify", "--file", part);

        Assert.Equal(0, online.GetProperty("hidden").GetInt64());
        Assert.True(offline.GetProperty("hidden").GetInt64() > 0);
        Assert.True(offline.GetProperty("shown").GetInt64() > 0);
        Assert.Equal(8, broken.ExitCode);
        Assert.Contains("entry-altered, first at entry", broken.Errors, StringComparison.Ordinal);
    }

    private static async Task ExportsAsync(World world, string task)
    {
        var folder = world.Folder.Sub("crate");
        await world.Researcher.TypeAsync("task", "export", task, "--output", folder, "--results");

        var stranger = await new VantageCommand(world.Folder.Sub("home-stranger"), Stop)
            .TryAsync("verify", folder, "--root", Path.Combine(world.Site.Admin.Home, "keys", "root.crt"));
        await File.AppendAllTextAsync(Directory.GetFiles(folder, "result", SearchOption.AllDirectories).Single(), " ", Stop);
        var altered = await world.Researcher.TryAsync("verify", folder);

        Assert.True(stranger.ExitCode == 0, stranger.Errors);
        Assert.Equal(8, altered.ExitCode);
        Assert.Contains("content-altered", altered.Errors, StringComparison.Ordinal);
    }

    private static async Task ShowsTheNodesTrailAsync(World world, string task)
    {
        var file = world.Folder.Sub("node.jsonl");
        var (listed, list, _) = await NodeAsync(world, "list", "--task", task);
        var verified = await NodeAsync(world, "verify");
        var exported = await NodeAsync(world, "export", "--task", task, "--output", file);

        Assert.Equal(0, listed);
        Assert.Contains("run.start", list, StringComparison.Ordinal);
        Assert.Contains("run.finish", list, StringComparison.Ordinal);
        Assert.True(verified.ExitCode == 0, verified.Errors);
        Assert.True(exported.ExitCode == 0, exported.Errors);
        Assert.True((await world.Admin.AskAsync("audit", "verify", "--file", file)).GetProperty("hidden").GetInt64() > 0);
    }

    /// <summary>Back up, work, restore, work on: the node has seen what is gone.</summary>
    private static async Task GoesBackAsync(World world)
    {
        var (database, backup) = (Path.Combine(world.CoordinatorData, "database"), world.Folder.Sub("backup"));
        await StopAsync(world);
        await CopyAsync(database, backup);
        await world.StartCoordinatorAsync();
        await world.AskAsync("summary", Arguments);
        var size = (await world.Admin.AskAsync("audit", "verify")).GetProperty("size").GetInt64();
        var heads = world.Folder.Write("heads.jsonl", await HeadAsync(world, size));

        await StopAsync(world);
        Directory.Delete(database, recursive: true);
        await CopyAsync(backup, database);
        await world.StartCoordinatorAsync();

        await world.Site.Process!.LineAsync(line => line.Contains("audit trail can't be believed", StringComparison.Ordinal), Stop);
        var status = await world.Site.Admin.TryAsync("node", "status", "--dir", world.Site.NodeFolder);
        Assert.Contains("This node claims nothing new", status.Output, StringComparison.Ordinal);
        File.Delete(Path.Combine(world.Admin.Home, "audit.head"));
        var verify = await world.Admin.TryAsync("audit", "verify", "--heads", heads);
        Assert.Equal(8, verify.ExitCode);
        Assert.Contains("not-what-was-signed", verify.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await NodeAsync(world, "heads")).Output.Trim().Split('\n').Length);

        Assert.Equal(0, (await NodeAsync(world, "accept")).ExitCode);
        await world.AskAsync("summary", Arguments);
    }

    /// <summary>Once the node holds a head of at least so many entries: it hears of it at its next reconcile.</summary>
    private static async Task<string> HeadAsync(World world, long size)
    {
        while (true)
        {
            var (_, head, _) = await NodeAsync(world, "heads");
            if (head.Length > 0 && JsonDocument.Parse(head).RootElement.GetProperty("size").GetInt64() >= size)
            {
                return head;
            }

            await Task.Delay(1000, Stop);
        }
    }

    private static Task<(int ExitCode, string Output, string Errors)> NodeAsync(World world, string verb, params string[] more) =>
        world.Site.Admin.TryAsync(["node", "audit", verb, "--dir", world.Site.NodeFolder, .. more]);

    private static async Task StopAsync(World world)
    {
        await world.Coordinator.StopAsync(Stop);
        await world.Coordinator.DisposeAsync();
    }

    /// <summary>With owners and rights, as an admin backs up a database that is down.</summary>
    private static async Task CopyAsync(string from, string to)
    {
        await using var copy = ChildProcess.Start("cp", ["-a", from, to]);
        Assert.Equal(0, await copy.ExitAsync(Stop));
    }
}
