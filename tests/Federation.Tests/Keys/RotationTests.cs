using System.Globalization;
using System.Text.Json;
using Federation.Tests.Worlds;

namespace Federation.Tests.Keys;

/// <summary>Keys change while questions are open and being asked; every result stays readable by who asked.</summary>
public sealed class RotationTests
{
    private static readonly string[] Question =
    [
        "task", "run", "--algorithm", "summary", "--collaboration", World.Collaboration, "--data", "patients", "--args",
        """{ "columns": ["age"] }""",
    ];

    [Fact]
    public async Task KeysThatChangeUnderLoad_LeaveNoResultUnreadable_AndNoKeyIsEverInAnEnvironment()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(new WorldOptions(), stop);
        var (site, researcher) = (world.Site, world.Researcher);

        // Sealed to the node's old key, opened after the change.
        await NodeAsync(site, "pause");
        var beforeNode = await researcher.TypeAsync(Question);
        await RotateNodeAsync(world, stop);
        await NodeAsync(site, "resume");

        // The node changes its keys once more while it works without a pause.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var load = LoadAsync(world, enough.Token);
        await RotateNodeAsync(world, stop);
        await researcher.TypeAsync([.. Question, "--wait"]);
        await enough.CancelAsync();
        Assert.NotEmpty(await load);

        AssertNoSecretInAnyEnvironment(world);

        // Asked with the person's old keys, read with the new ones in use.
        await NodeAsync(site, "pause");
        var beforePerson = await researcher.TypeAsync(Question);
        await RotatePersonAsync(world);
        await NodeAsync(site, "resume");
        var after = await researcher.TypeAsync([.. Question, "--wait"]);
        await researcher.TryAsync("task", "watch", beforePerson);
        foreach (var task in new[] { beforeNode, beforePerson, after }.Concat(await load))
        {
            var (exitCode, output, errors) = await researcher.TryAsync("task", "result", task, "--site", "north", "--json");
            Assert.True(exitCode == 0 && output.Contains("age", StringComparison.Ordinal), $"{task} ended with {exitCode}: {errors}");
        }
    }

    /// <summary>Of every process that this world started, and of those that they started.</summary>
    private static void AssertNoSecretInAnyEnvironment(World world)
    {
        var secrets = Directory.EnumerateFiles(world.Folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".pem", StringComparison.Ordinal) || file.EndsWith(".key", StringComparison.Ordinal)
                || file.EndsWith(".token", StringComparison.Ordinal) || file.EndsWith(".passphrase", StringComparison.Ordinal))
            .SelectMany(File.ReadAllLines).Where(line => line.Length > 16 && !line.StartsWith("-----", StringComparison.Ordinal)).ToHashSet();
        // The database is its own child, since it outlives a Coordinator that is killed.
        var processes = Descendants([world.Coordinator.Id, world.Site.Process!.Id, world.Postmaster()!.Value]);

        Assert.True(secrets.Count > 10 && processes.Count >= 2, $"{secrets.Count} secrets, {processes.Count} processes");
        foreach (var process in processes)
        {
            var environment = ReadEnvironment(process);
            Assert.DoesNotContain("PRIVATE KEY", environment, StringComparison.Ordinal);
            Assert.DoesNotContain(secrets, secret => environment.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static HashSet<int> Descendants(HashSet<int> known)
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => (Id: int.Parse(name!, CultureInfo.InvariantCulture), Parent: ParentOf(name!))).ToList();
        while (parents.Where(p => known.Contains(p.Parent) && !known.Contains(p.Id)).Select(p => p.Id).ToList() is { Count: > 0 } found)
        {
            known.UnionWith(found);
        }

        return known;
    }

    private static int ParentOf(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Empty for one that has ended meanwhile.</summary>
    private static string ReadEnvironment(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ");
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>One question after the other; each has to be answered.</summary>
    private static async Task<List<string>> LoadAsync(World world, CancellationToken enough)
    {
        var asked = new List<string>();
        do
        {
            asked.Add(await world.Researcher.TypeAsync([.. Question, "--wait"]));
        }
        while (!enough.IsCancellationRequested);
        return asked;
    }

    private static async Task RotateNodeAsync(World world, CancellationToken stop)
    {
        var site = world.Site;
        var (exitCode, output, errors) = await site.Admin.TryAsync("node", "keys", "rotate", "--dir", site.NodeFolder, "--json");
        Assert.True(exitCode == 0, errors);
        var fingerprint = JsonDocument.Parse(output).RootElement.GetProperty("fingerprint").GetString()!;
        await site.Admin.TypeAsync("keys", "certify", "--node", site.Node, "--fingerprint", fingerprint, "--passphrase-file", site.Passphrase);
        await site.Process!.LineAsync(line => line.Contains($"uses its new keys from now on, {fingerprint}", StringComparison.Ordinal), stop);
    }

    private static async Task RotatePersonAsync(World world)
    {
        var (site, request) = (world.Site, world.Folder.Sub("rotation.pem"));
        var fingerprint = await world.Researcher.TypeAsync("keys", "rotate", "--out", request);
        await site.Admin.TypeAsync("keys", "certify", "--user", await world.Researcher.TypeAsync("user", "show"), "--request", request,
            "--fingerprint", fingerprint, "--passphrase-file", site.Passphrase);
        await world.Researcher.TypeAsync("keys", "install");
    }

    private static async Task NodeAsync(Site site, string verb) =>
        Assert.Equal(0, (await site.Admin.TryAsync("node", verb, "--dir", site.NodeFolder)).ExitCode);
}
