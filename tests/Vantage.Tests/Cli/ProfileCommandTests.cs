using Vantage.Client.Home;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Client;

namespace Vantage.Tests.Cli;

/// <summary>Several people or Coordinators in one home.</summary>
public sealed class ProfileCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    private ProfileBook Book => new(folder["home"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task AHomeOfOldTimes_IsTheDefaultProfile()
    {
        Write(ProfileBook.Default, "Ada");

        Assert.Contains("\"user\":\"Ada\"", (await RunAsync("profile", "show", "--json")).Out, StringComparison.Ordinal);
        Assert.Equal("default\n", (await RunAsync("profile", "list", "--quiet")).Out);
    }

    [Fact]
    public async Task TheProfileInUse_IsWhatCommandsUse_UntilAnotherIsNamed()
    {
        Write(ProfileBook.Default, "Ada");
        Write("work", "Grace");

        Assert.Equal(ExitCodes.Ok, (await RunAsync("profile", "use", "work")).ExitCode);

        Assert.Contains("Grace", (await RunAsync("profile", "show")).Out, StringComparison.Ordinal);
        Assert.Contains("Ada", (await RunAsync("profile", "show", "--profile", "default")).Out, StringComparison.Ordinal);
        Assert.Contains("Ada", (await RunAsync("--profile", "default", "profile", "show")).Out, StringComparison.Ordinal);
        await RunAsync("profile", "use", "default");
        Assert.Contains("Ada", (await RunAsync("profile", "show")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARemovedProfile_TakesItsFilesAlong_AndIsNoLongerInUse()
    {
        Write("work", "Grace");
        await RunAsync("profile", "use", "work");

        Assert.Equal(ExitCodes.Ok, (await RunAsync("profile", "remove", "work")).ExitCode);

        Assert.False(Directory.Exists(Book.Home("work").Directory));
        Assert.Equal(ProfileBook.Default, Book.Current);
        Assert.Equal(ExitCodes.NotFound, (await RunAsync("profile", "remove", "work")).ExitCode);
    }

    [Fact]
    public async Task AProfileInUseThatIsGone_IsSaidWithTheWayOut()
    {
        Write("work", "Grace");
        Book.Use("work");
        Directory.Delete(Book.Home("work").Directory, recursive: true);

        var run = await RunAsync("task", "list");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("'work'", run.Error, StringComparison.Ordinal);
        Assert.Contains("vantage profile use", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, (await RunAsync("profile", "use", "default")).ExitCode);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("Großes")]
    public async Task WhatIsNoName_LeadsNowhere(string name)
    {
        Assert.Equal(ExitCodes.Usage, (await RunAsync("profile", "use", name)).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("profile", "remove", name)).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("task", "list", "--profile", name)).ExitCode);
    }

    [Fact]
    public async Task TheDefault_IsNeverRemoved()
    {
        Write(ProfileBook.Default, "Ada");

        Assert.Equal(ExitCodes.Usage, (await RunAsync("profile", "remove", "default")).ExitCode);
        Assert.True(Book.Home(ProfileBook.Default).HasProfile);
    }

    [Theory]
    [InlineData("profile", "list", "--json")]
    [InlineData("profile", "show", "--json")]
    [InlineData("profile", "show", "default")]
    public async Task NoToken_IsShown(params string[] words)
    {
        Write(ProfileBook.Default, "Ada");

        var run = await RunAsync(words);

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.DoesNotContain("vtg_secret", run.Out + run.Error, StringComparison.Ordinal);
    }

    private Task<CliRun> RunAsync(params string[] words) => CliRun.OfAsync([.. words, "--home", folder["home"]]);

    private void Write(string profile, string user) => Book.Home(profile).WriteProfile(new Profile
    {
        Url = new Uri("https://vantage.example.org/"), Token = "vtg_secret", User = UserId.New(TimeProvider.System), Name = user,
        Collaboration = "tumours", Data = ["rows"],
    });
}
