using Vantage.Client.Home;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Cli;

/// <summary>Accounts, organizations, collaborations and tokens by commands, at a real Coordinator.</summary>
public sealed class AccountCommandTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>, IDisposable
{
    private readonly Desk desk = new(coordinator);

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task AnAdmin_OpensAccountsAndLetsOrganizationsWorkTogether()
    {
        await desk.AdminLogsInAsync();
        var (north, south) = (await desk.FoundAsync("north"), await desk.FoundAsync("south"));

        var collaboration = await desk.TypeAsync("admin", "collaboration", "create", $"tumours {desk.Tag}",
            "--organization", $"north {desk.Tag}", "--organization", south);
        var study = await desk.TypeAsync("north", "study", "create", "early", "--collaboration", collaboration,
            "--organization", north);

        var shown = await desk.AskAsync("north", "collaboration", "show", collaboration);
        Assert.Equal([north, south], shown.GetProperty("members").EnumerateArray().Select(m =>
            m.GetProperty("organization").GetString()).Order());
        Assert.Equal(study, await desk.TypeAsync("north", "study", "list", "--collaboration", collaboration));
        Assert.Equal(study, await desk.TypeAsync("south", "study", "show", "early", "--collaboration", collaboration));
        Assert.Contains($"north {desk.Tag}", (await desk.RunAsync("north", "org", "list")).Out,
            StringComparison.Ordinal);
        Assert.Equal(north, (await desk.AskAsync("north", "user", "show")).GetProperty("organization").GetString());
    }

    [Fact]
    public async Task LoggingInAgain_KeepsWhatWasSet_AndRepairsWhatCannotBeRead()
    {
        await desk.AdminLogsInAsync();
        var home = new ClientHome(desk.Folder["admin"]);
        home.WriteProfile(home.ReadProfile() with { Collaboration = "tumours", Data = ["rows"] });

        await desk.AdminLogsInAsync();
        var kept = home.ReadProfile();
        await File.WriteAllTextAsync(home.ProfilePath, "{", TestContext.Current.CancellationToken);
        await desk.AdminLogsInAsync();

        Assert.Equal("tumours", kept.Collaboration);
        Assert.Equal("rows", Assert.Single(kept.Data!));
        Assert.Equal(kept.User, home.ReadProfile().User);
    }

    [Fact]
    public async Task ATokenThatIsShownOnce_LiesInAFileOfItsOwner_AndOnNoScreen()
    {
        await desk.AdminLogsInAsync();
        var organization = await desk.FoundAsync("north");
        var secret = await File.ReadAllTextAsync(desk.Folder["north.token"], TestContext.Current.CancellationToken);

        var run = await desk.RunAsync("north", "token", "create", "second", "--token-file", desk.Folder["second.token"],
            "--json");
        var quiet = await desk.RunAsync("north", "token", "create", "third", "--quiet");
        var shown = await desk.RunAsync("north", "token", "create", "fourth");

        Assert.StartsWith("vtg_", secret, StringComparison.Ordinal);
        Assert.StartsWith("vtg_", await File.ReadAllTextAsync(desk.Folder["second.token"],
            TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("vtg_", run.Out + run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, quiet.ExitCode);
        Assert.Contains("vtg_", shown.Out, StringComparison.Ordinal);
        Assert.NotEmpty(organization);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(desk.Folder["second.token"]));
        }
    }

    [Fact]
    public async Task ARevokedToken_OpensNothing_AndTheErrorSaysHowToGoOn()
    {
        await desk.AdminLogsInAsync();
        await desk.FoundAsync("north");
        var token = (await desk.AskAsync("north", "token", "list")).GetProperty("items")[0].GetProperty("id")
            .GetString()!;

        await desk.TypeAsync("north", "token", "revoke", token);

        var refused = await desk.UntilAsync(run => run.ExitCode != 0, "north", "org", "list");
        Assert.Equal(ExitCodes.NotAllowed, refused.ExitCode);
        Assert.Contains("next: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("vantage login", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALoginWithAWrongToken_LeavesNoProfile()
    {
        await File.WriteAllTextAsync(desk.Folder["token"], "vtg_wrong", TestContext.Current.CancellationToken);

        var refused = await desk.RunAsync("stranger", "login", "--url", coordinator.Url, "--token-file",
            desk.Folder["token"]);

        Assert.Equal(ExitCodes.NotAllowed, refused.ExitCode);
        Assert.False(Directory.Exists(desk.Folder["stranger"]));
    }

    [Theory]
    [InlineData("", "does not hold a token")]
    [InlineData("two words", "does not hold a token")]
    [InlineData(null, "There is no file")]
    public async Task ALoginWithoutAToken_SaysWhatTheFileShouldHold(string? content, string said)
    {
        if (content is not null)
        {
            await File.WriteAllTextAsync(desk.Folder["token"], content, TestContext.Current.CancellationToken);
        }

        var refused = await desk.RunAsync("stranger", "login", "--url", coordinator.Url, "--token-file",
            desk.Folder["token"]);

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains(said, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsTaken_UnknownOrNotOnesOwn_EndsWithACodeOfItsOwn()
    {
        await desk.AdminLogsInAsync();
        await desk.FoundAsync("north");

        Assert.Equal(ExitCodes.Conflict, (await desk.RunAsync("admin", "org", "create", $"north {desk.Tag}")).ExitCode);
        Assert.Equal(ExitCodes.NotFound,
            (await desk.RunAsync("north", "collaboration", "show", "no such thing")).ExitCode);
        Assert.Equal(ExitCodes.NotFound,
            (await desk.RunAsync("north", "collaboration", "show", "col_0190163d8694739bbbce7a8b7ddaa9e0")).ExitCode);
        Assert.Equal(ExitCodes.NotAllowed, (await desk.RunAsync("north", "org", "create", "mine")).ExitCode);
    }
}
