using System.Text;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Errors;

/// <summary>
/// What goes wrong first for everybody who begins. Each error says what, where and what to do next: the words looked for
/// are those that a person needs.
/// </summary>
public sealed class NewcomerErrorTests
{
    private readonly List<string> unclear = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Errors_ThatNewcomersMeet_SayWhatWhereAndWhatNext()
    {
        await using var world = await World.StartAsync(new WorldOptions(), Stop);

        await WrongPassphraseAsync(world);
        await PortInUseAsync(world);
        await DataFaultAsync(world, "age,weight\n1,2\n3\n", "line 3");
        await DataFaultAsync(world, "age,weight\n", "rows");
        await WrongEncodingAsync(world);
        await RefusalAsync(world);
        await UnpinnedRootAsync(world);
        await NodeOfflineAsync(world);
        await UnknownCodeAsync(world);

        Assert.True(unclear.Count == 0, string.Join("\n\n", unclear));
    }

    private async Task WrongPassphraseAsync(World world)
    {
        var wrong = world.Folder.Write("wrong.passphrase", "not this one");
        var said = await world.Site.Admin.TryAsync("keys", "catalogue", "--passphrase-file", wrong, "--yes");

        Says(said, "root.key", "password");
    }

    private async Task PortInUseAsync(World world)
    {
        await using var second = ChildProcess.Start(Programs.Coordinator,
            ["run", "--data", world.Folder.Sub("second"), "--urls", world.Url.ToString()]);
        var exitCode = await second.ExitAsync(Stop);

        Says(exitCode, second.Output, $"{world.Url.Port}", "in use", "--urls");
    }

    private async Task DataFaultAsync(World world, string csv, string where)
    {
        await File.WriteAllTextAsync(Path.Combine(world.Site.NodeFolder, "patients.csv"), csv, Stop);

        Says(await SummariseAsync(world), "north", "patients", where);
    }

    private async Task WrongEncodingAsync(World world)
    {
        await File.WriteAllBytesAsync(Path.Combine(world.Site.NodeFolder, "patients.csv"),
            Encoding.Latin1.GetBytes("age,name\n1,Anna\n2,René\n"), Stop);

        Says(await SummariseAsync(world), "north", "patients", "line 3", "utf-8", "encoding");
    }

    private async Task RefusalAsync(World world) =>
        Says(await world.Researcher.TryAsync("task", "run", "--algorithm", "summary", "--collaboration", World.Collaboration,
            "--data", "salaries", "--wait"), "north", "refused", "tests", "salaries", "policy");

    private async Task UnpinnedRootAsync(World world)
    {
        var pins = Path.Combine(world.Researcher.Home, "pins.jws");
        var kept = await File.ReadAllBytesAsync(pins, Stop);
        File.Delete(pins);

        Says(await SummariseAsync(world), "pin", "vantage keys install");
        await File.WriteAllBytesAsync(pins, kept, Stop);
        File.SetUnixFileMode(pins, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task NodeOfflineAsync(World world)
    {
        await world.Site.Process!.StopAsync(Stop);
        var task = await world.Researcher.TypeAsync("task", "run", "--algorithm", "summary", "--collaboration", World.Collaboration,
            "--data", "patients");
        var said = await world.Researcher.TryAsync("task", "explain", task);
        for (var tries = 0; tries < 300 && !said.Output.Contains("offline", StringComparison.Ordinal); tries++)
        {
            // The Coordinator knows once the node's lease has lapsed.
            await Task.Delay(200, Stop);
            said = await world.Researcher.TryAsync("task", "explain", task);
        }

        Says(1, said.Output + said.Errors, "north", "offline", "since", "next");
    }

    private async Task UnknownCodeAsync(World world)
    {
        await using var setup = ChildProcess.Start(Programs.NodeAgent,
            ["setup", "--url", world.Url.ToString(), "--code", "vne_nosuchcode", "--dir", world.Folder.Sub("stranger")]);
        var exitCode = await setup.ExitAsync(Stop);

        Says(exitCode, setup.Output, "code", "vantage node invite");
    }

    private static Task<(int ExitCode, string Output, string Errors)> SummariseAsync(World world) =>
        world.Researcher.TryAsync("task", "run", "--algorithm", "summary", "--collaboration", World.Collaboration, "--data", "patients", "--wait");

    private void Says((int ExitCode, string Output, string Errors) said, params string[] words) =>
        Says(said.ExitCode, said.Output + said.Errors, words);

    private void Says(int exitCode, string text, params string[] words)
    {
        var missing = words.Where(word => !text.Contains(word, StringComparison.OrdinalIgnoreCase)).ToList();
        if (exitCode == 0 || missing.Count > 0)
        {
            unclear.Add($"exit code {exitCode}, without {string.Join(", ", missing)}:\n{text}");
        }
    }
}
