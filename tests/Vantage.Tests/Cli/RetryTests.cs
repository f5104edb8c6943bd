using System.Text.Json;
using Vantage.Protocol.Errors;
using Vantage.Tests.Client;

namespace Vantage.Tests.Cli;

/// <summary>Asking a site again that gave nothing, without running the others twice.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task RetryOfOneSite_AsksItAlone_AndBringsTheWholeInTheSameJob()
    {
        await using var federation = await TaskCommandTests.AnsweringAsync("South");
        var failed = await RunAsync(federation, [.. TaskCommandTests.Ask(federation), "--wait", "--json"]);
        var first = JsonDocument.Parse(failed.Out).RootElement;
        Mend(federation);

        var retried = await RunAsync(federation,
            ["task", "retry", first.GetProperty("task").GetString()!, "--site", "South", "--wait", "--json"]);
        var later = await RunAsync(federation, ["task", "result", first.GetProperty("task").GetString()!, "--json"]);

        Assert.Equal((ExitCodes.Failed, ExitCodes.Ok), (failed.ExitCode, retried.ExitCode));
        var whole = JsonDocument.Parse(retried.Out).RootElement;
        Assert.Equal(first.GetProperty("job").GetString(), whole.GetProperty("job").GetString());
        Assert.Equal(("Succeeded", 3), (whole.GetProperty("outcome").GetString(),
            whole.GetProperty("result").GetProperty("rows").GetInt32()));
        Assert.True(whole.GetProperty("sites").GetProperty("holds").GetBoolean());
        Assert.Equal([("North", 1), ("South", 2), ("West", 1)], whole.GetProperty("receipts").EnumerateArray()
            .Select(r => (r.GetProperty("site").GetString(), r.GetProperty("round").GetInt32())).Order());
        Assert.Equal(["North", "South", "South", "West"], federation.Runs.Values.Select(r => r.Site.Root.Name).Order());
        Assert.Equal(retried.Out, later.Out);
    }

    [Fact]
    public async Task RetryThatIsNotWaitedFor_IsPutTogetherLater()
    {
        await using var federation = await TaskCommandTests.AnsweringAsync("South", "West");
        var failed = await RunAsync(federation, [.. TaskCommandTests.Ask(federation), "--wait", "--json"]);
        var task = JsonDocument.Parse(failed.Out).RootElement.GetProperty("task").GetString()!;
        Mend(federation);

        var asked = await RunAsync(federation, ["task", "retry", task, "--json"]);
        var result = await RunAsync(federation, ["task", "result", task, "--json"]);
        var again = await RunAsync(federation, ["task", "retry", task]);

        Assert.Equal(["South", "West"], JsonDocument.Parse(asked.Out).RootElement.GetProperty("asked").EnumerateArray()
            .Select(s => s.GetProperty("site").GetString()));
        Assert.Equal(3, JsonDocument.Parse(result.Out).RootElement.GetProperty("result").GetProperty("rows").GetInt32());
        Assert.Equal(ExitCodes.Conflict, again.ExitCode);
        Assert.Contains("nothing to ask again", again.Error, StringComparison.Ordinal);
        Assert.Equal(5, federation.Runs.Count);
    }

    [Fact]
    public async Task SitesThatStillGiveNothing_LeaveAPartialResult_IfThatWasWelcomeBeforehand()
    {
        await using var federation = await TaskCommandTests.AnsweringAsync("South", "West");
        var partial = await RunAsync(federation,
            [.. TaskCommandTests.Ask(federation), "--wait", "--accept-missing", "--json"]);
        var task = JsonDocument.Parse(partial.Out).RootElement.GetProperty("task").GetString()!;
        Mend(federation, "West");

        var more = await RunAsync(federation, ["task", "retry", task, "--wait", "--json"]);

        Assert.Equal((ExitCodes.Partial, ExitCodes.Partial), (partial.ExitCode, more.ExitCode));
        var read = JsonDocument.Parse(more.Out).RootElement;
        Assert.Equal(2, read.GetProperty("result").GetProperty("rows").GetInt32());
        Assert.Equal("West", Assert.Single(read.GetProperty("sites").GetProperty("missing").EnumerateArray().ToList())
            .GetProperty("site").GetString());
    }

    [Fact]
    public async Task AcceptingAfterwards_GivesANumber_ThatIsSaidNotToHold()
    {
        await using var federation = await TaskCommandTests.AnsweringAsync("South");
        var failed = await RunAsync(federation, [.. TaskCommandTests.Ask(federation), "--wait", "--json"]);
        var task = JsonDocument.Parse(failed.Out).RootElement.GetProperty("task").GetString()!;

        var accepted = await RunAsync(federation, ["task", "result", task, "--accept-missing", "--json"]);
        var strict = await RunAsync(federation, ["task", "result", task, "--json"]);

        Assert.Equal((ExitCodes.Partial, ExitCodes.Failed), (accepted.ExitCode, strict.ExitCode));
        var sites = JsonDocument.Parse(accepted.Out).RootElement.GetProperty("sites");
        Assert.False(sites.GetProperty("holds").GetBoolean());
        Assert.Contains("another question", sites.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoWasNotAsked_AndWhatThisHomeDoesNotKnow_AreRefused()
    {
        await using var federation = await TaskCommandTests.AnsweringAsync("South");
        var failed = await RunAsync(federation, [.. TaskCommandTests.Ask(federation), "--wait", "--json"]);
        var task = JsonDocument.Parse(failed.Out).RootElement.GetProperty("task").GetString()!;

        var stranger = await RunAsync(federation, ["task", "retry", task, "--site", "East"]);
        Directory.Delete(Path.Combine(federation.Home.Directory, "asked"), recursive: true);
        var forgotten = await RunAsync(federation, ["task", "retry", task]);

        Assert.Equal((ExitCodes.Usage, ExitCodes.NotFound), (stranger.ExitCode, forgotten.ExitCode));
        Assert.Contains("North, South, West", stranger.Error, StringComparison.Ordinal);
        Assert.Contains("does not know", forgotten.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheHomeKeepsOfAQuestion_IsForItsOwnerAlone()
    {
        await using var federation = await TaskCommandTests.AnsweringAsync();

        await RunAsync(federation, [.. TaskCommandTests.Ask(federation), "--wait"]);

        var kept = Assert.Single(Directory.GetFiles(Path.Combine(federation.Home.Directory, "asked")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        }
    }

    private static Task<CliRun> RunAsync(FakeFederation federation, IEnumerable<string> args) =>
        TaskCommandTests.RunAsync(federation, args);

    private static void Mend(FakeFederation federation, params string[] stillRefusing) => federation.Answer = (site, run) =>
        stillRefusing.Contains(site.Root.Name)
            ? run.Fail(Vantage.Protocol.Lifecycles.RunOutcome.Refused, RunCodes.PolicyRefused, federation.Refusal)
            : run.Succeed(TaskCommandTests.Partial(site.Root.Name));
}
