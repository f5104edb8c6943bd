using Vantage.Client.Home;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Cli;

public sealed class TokenCommandTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>, IDisposable
{
    private readonly Desk desk = new(coordinator);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task OnesOwnToken_IsReplacedWhereItLies_AndNeverShown()
    {
        await desk.AdminLogsInAsync();
        await desk.FoundAsync("north");
        var before = new ClientHome(desk.Folder["north"]).ReadProfile().Token;

        var run = await desk.RunAsync("north", "token", "rotate", "--overlap", "5", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("vtg_", run.Out + run.Error, StringComparison.Ordinal);
        var after = new ClientHome(desk.Folder["north"]).ReadProfile().Token;
        Assert.NotEqual(before, after);
        var inspected = await desk.AskAsync("north", "token", "inspect");
        Assert.True(inspected.GetProperty("active").GetBoolean());
        Assert.Contains("replaced by " + inspected.GetProperty("id").GetString(), (await desk.RunAsync("north", "token", "list")).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenOfSomebodyElse_IsRotatedIntoAFile()
    {
        await desk.AdminLogsInAsync();
        var user = await desk.HireAsync("robot", await desk.FoundAsync("north"), "researcher");
        var token = await desk.TypeAsync("admin", "token", "list", "--user", user);

        await desk.TypeAsync("admin", "token", "rotate", token, "--token-file", desk.Folder["next.token"]);

        Assert.StartsWith("vtg_", await File.ReadAllTextAsync(desk.Folder["next.token"], Stop), StringComparison.Ordinal);
        Assert.Equal(2, (await desk.TypeAsync("admin", "token", "list", "--user", user)).Split('\n').Length);
    }

    [Fact]
    public async Task WhatATokenIsGoodFor_IsShownInWords()
    {
        await desk.AdminLogsInAsync();
        await desk.FoundAsync("north");

        var made = await desk.AskAsync("north", "token", "create", "office", "--days", "7", "--from", "192.0.2.0/24", "--from", "2001:db8::/32");
        var shown = await desk.RunAsync("north", "token", "inspect", made.GetProperty("token").GetProperty("id").GetString()!);
        await desk.TypeAsync("north", "token", "renew", "--days", "366");
        var refused = await desk.RunAsync("north", "token", "renew", "--days", "367");
        var odd = await desk.RunAsync("north", "token", "create", "odd", "--from", "192.0.2.1/24");

        Assert.Matches(@"good from\s+192\.0\.2\.0/24, 2001:db8::/32", shown.Out);
        Assert.Matches(@"last used\s+never", shown.Out);
        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains("tokens.longestDays", refused.Error, StringComparison.Ordinal);
        Assert.Contains("192.0.2.1/24", odd.Error, StringComparison.Ordinal);
    }
}
