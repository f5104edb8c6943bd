using System.Text.Json;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Approvals;

/// <summary>A data steward at a site's command line, over real processes: yes, no, no answer, and a node that dies meanwhile.</summary>
public sealed class ApprovalTests
{
    private const string Lines = "    approval: both\n    approvalHours: 24";

    [Fact]
    public async Task Steward_ApprovesRunAndRelease_DeniesAndLetsLapse_OverAKillOfTheNode()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(new WorldOptions { Rule = Lines }, stop);

        await ApprovesBothAsync(world, stop);
        await RuleAsync(world, "    approval: before-run");
        await DeniesAsync(world, stop);
        await RuleAsync(world, "    approval: before-release\n    approvalHours: 0.0005");
        await LapsesAsync(world);
    }

    /// <summary>The node is killed while the result waits, which then leaves as it was shown.</summary>
    private static async Task ApprovesBothAsync(World world, CancellationToken stop)
    {
        var task = await SubmitAsync(world);
        var first = await WaitsAsync(world, task, "before-run", stop);
        var (explained, text, _) = await world.Site.Admin.TryAsync("node", "policy", "explain", task, "--dir", world.Site.NodeFolder);
        var (_, shown, _) = await NodeAsync(world, "show", first.Run);
        var (stale, _, _) = await NodeAsync(world, "approve", first.Run, "--digest", "sha256:" + new string('0', 64));
        var (approved, _, said) = await NodeAsync(world, "approve", first.Run, "--digest", first.Subject);

        Assert.Equal(0, explained);
        Assert.Contains("accepted by rule 'tests'", text, StringComparison.Ordinal);
        Assert.Contains("by itself, patients would be decided by rule 'tests': age", text, StringComparison.Ordinal);
        Assert.Contains("arguments   {\"columns\":[\"age\"]}", shown, StringComparison.Ordinal);
        Assert.Contains($"of \"north\" ({world.Site.Organization})", shown, StringComparison.Ordinal);
        Assert.Equal(6, stale);
        Assert.True(approved == 0, said);

        var second = await WaitsAsync(world, task, "before-release", stop);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(world.Site.NodeFolder, "state", "work")));
        await KillAndStartAsync(world, stop);
        var output = world.Folder.Sub("output.json");
        await world.Site.Admin.TryAsync("node", "approvals", "show", second.Run, "--output", output, "--dir", world.Site.NodeFolder);
        Assert.Contains("\"age\"", await File.ReadAllTextAsync(output, stop), StringComparison.Ordinal);
        Assert.Equal(0, (await NodeAsync(world, "approve", second.Run, "--digest", second.Subject)).Exit);
        await world.Researcher.TypeAsync("task", "watch", task);

        var answer = await world.Researcher.AskAsync("task", "result", task);
        Assert.Equal(60, answer.GetProperty("result").GetProperty("rows").GetInt32());
    }

    private static async Task DeniesAsync(World world, CancellationToken stop)
    {
        var task = await SubmitAsync(world);
        var question = await WaitsAsync(world, task, "before-run", stop);

        var (exit, _, _) = await NodeAsync(world, "deny", question.Run, "--reason", "Not before the ethics board has met.");
        await world.Researcher.TryAsync("task", "watch", task);
        var (_, why, _) = await world.Researcher.TryAsync("task", "explain", task);

        Assert.Equal(0, exit);
        Assert.Contains("Not before the ethics board has met.", why, StringComparison.Ordinal);
        Assert.Equal(9, (await NodeAsync(world, "approve", question.Run, "--digest", question.Subject)).Exit);
    }

    private static async Task LapsesAsync(World world)
    {
        var task = await SubmitAsync(world);
        await world.Researcher.TryAsync("task", "watch", task);

        var (_, why, _) = await world.Researcher.TryAsync("task", "explain", task, "--json");

        Assert.Contains("approval-expired", why, StringComparison.Ordinal);
    }

    private static async Task<string> SubmitAsync(World world) => (await world.Researcher.AskAsync("task", "run", "--algorithm", "summary",
        "--collaboration", World.Collaboration, "--data", "patients", "--args", """{"columns":["age"]}""")).GetProperty("task").GetString()!;

    /// <summary>The question, once the site's person and the researcher both see that it waits.</summary>
    internal static async Task<(string Run, string Subject)> WaitsAsync(World world, string task, string gate, CancellationToken stop)
    {
        while (true)
        {
            if ((await world.Researcher.TryAsync("task", "show", task, "--json")).Output.Contains("awaiting-approval", StringComparison.Ordinal))
            {
                var (exit, list, _) = await NodeAsync(world, "list", "--json");
                var waiting = exit == 0 ? JsonDocument.Parse(list).RootElement.GetProperty("waiting").EnumerateArray().ToList() : [];
                if (waiting.SingleOrDefault(view => view.GetProperty("gate").GetString() == gate) is { ValueKind: JsonValueKind.Object } question)
                {
                    return (question.GetProperty("run").GetString()!, question.GetProperty("subject").GetString()!);
                }
            }

            await Task.Delay(100, stop);
        }
    }

    /// <summary>As 'vantage node' starts it.</summary>
    internal static async Task<(int Exit, string Output, string Errors)> NodeAsync(World world, string verb, params string[] more)
    {
        await using var command = ChildProcess.Start(Programs.NodeAgent, ["approvals", verb, "--dir", world.Site.NodeFolder, .. more]);
        return (await command.ExitAsync(TestContext.Current.CancellationToken), command.StandardOutput, command.StandardError);
    }

    private static async Task RuleAsync(World world, string lines)
    {
        var policy = await File.ReadAllTextAsync(world.Site.Policy);
        await File.WriteAllTextAsync(world.Site.Policy, policy[..policy.IndexOf("    approval", StringComparison.Ordinal)] + lines + "\n");
    }

    private static async Task KillAndStartAsync(World world, CancellationToken stop)
    {
        world.Site.Process!.Kill();
        await world.Site.Process.ExitAsync(stop);
        await world.Site.Process.DisposeAsync();
        await world.StartNodeAsync(world.Site);
    }
}
