using System.Diagnostics;
using Vantage.Cli.Sandboxes;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Errors;
using Vantage.Tests.Client;

namespace Vantage.Tests.Cli.Sandboxes;

/// <summary>What is remembered of a sandbox, and how its processes are known again.</summary>
public sealed class SandboxStateTests : IDisposable
{
    private readonly TempFolder folder = new();

    private SandboxHome Home => new(new ProfileBook(folder["home"]));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AProcess_IsKnownByItsNumberAndItsBeginning()
    {
        using var child = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        var mark = ProcessMark.Of(child.Id)!;

        var (before, stranger) = (mark.Lives, (mark with { Began = mark.Began + "0" }).Lives);
        child.Kill();
        child.WaitForExit();

        Assert.True(before);
        Assert.False(stranger);
        Assert.False(mark.Lives);
        Assert.Null(ProcessMark.Of(child.Id));
    }

    [Fact]
    public async Task AStrangerWithTheNumberOfOneOfOurs_IsLeftAlone()
    {
        using var stranger = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        var mark = ProcessMark.Of(stranger.Id)!;
        Home.Write(State() with { Programs = [new("node-1", "north", mark with { Began = "an earlier start of this machine" })] });

        var ended = await SandboxEnd.EndAsync(Home, Home.Read()!);

        Assert.Empty(ended);
        Assert.True(mark.Lives);
        stranger.Kill();
    }

    [Fact]
    public async Task WhatIsLeftOfASandbox_IsTakenAway_AndTheProfileBeforeIsBack()
    {
        var profiles = new ProfileBook(folder["home"]);
        foreach (var name in new[] { "work", SandboxHome.Profile })
        {
            Directory.CreateDirectory(profiles.Home(name).Directory);
        }

        profiles.Use(SandboxHome.Profile);
        Home.Write(State() with { PreviousProfile = "work" });

        await SandboxEnd.EndAsync(Home, Home.Read()!);

        Assert.Equal("work", profiles.Current);
        Assert.False(profiles.Has(SandboxHome.Profile));
        Assert.False(Directory.Exists(folder["run"]));
        Assert.Null(Home.Read());
    }

    [Fact]
    public async Task WhoeverChoseAnotherProfileMeanwhile_KeepsIt()
    {
        var profiles = new ProfileBook(folder["home"]);
        foreach (var name in new[] { "work", "other", SandboxHome.Profile })
        {
            Directory.CreateDirectory(profiles.Home(name).Directory);
        }

        profiles.Use("other");
        Home.Write(State() with { PreviousProfile = "work" });

        await SandboxEnd.EndAsync(Home, Home.Read()!);

        Assert.Equal("other", profiles.Current);
    }

    [Fact]
    public void ADamagedState_IsNamed_NotTakenForNone()
    {
        Home.Write(State());
        File.WriteAllText(Path.Combine(Home.Folder, "state.json"), "{");

        Assert.Contains("state.json", Assert.Throws<VantageException>(() => Home.Read()).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("custom")]
    [InlineData(null)]
    public async Task ADisclosureControl_HasToBeSaid_AndIsOneOfThree(string? disclosure)
    {
        var file = folder["a.csv"];
        await File.WriteAllTextAsync(file, "x\n1\n", TestContext.Current.CancellationToken);

        var run = await CliRun.OfAsync(["sandbox", "up", "--data", file, "--home", folder["home"], "--json",
            .. disclosure is null ? Array.Empty<string>() : ["--disclosure", disclosure]]);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("\"code\":\"usage\"", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["home"]));
    }

    [Fact]
    public async Task WithoutASandbox_DownIsDone_AndStatusSaysSo()
    {
        Assert.Equal(ExitCodes.Ok, (await CliRun.OfAsync("sandbox", "down", "--home", folder["home"])).ExitCode);
        Assert.Equal(ExitCodes.NotFound, (await CliRun.OfAsync("sandbox", "status", "--home", folder["home"])).ExitCode);
        Assert.False(Directory.Exists(folder["home"]));
    }

    private SandboxState State() => new()
    {
        V = SandboxState.CurrentVersion,
        Maker = ProcessMark.Mine,
        Began = DateTimeOffset.UnixEpoch,
        Folder = Directory.CreateDirectory(folder["run"]).FullName,
        PreviousProfile = ProfileBook.Default,
        Disclosure = "off",
        Sites = [],
    };
}
