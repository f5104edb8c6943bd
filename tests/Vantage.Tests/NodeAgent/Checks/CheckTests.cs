using System.Text.Json;
using Vantage.NodeAgent.Checks;
using Vantage.Protocol.Errors;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Checks;

/// <summary><c>vantage node check</c>: one line a thing, and what to do about it.</summary>
public sealed class CheckTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public async Task WholeNode_Passes()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = Node(coordinator.Url);

        var (passed, lines) = await CheckAsync(node);

        Assert.True(passed);
        Assert.Equal(CheckResult.Ok, lines["sign-in"].Result);
        Assert.Equal(CheckResult.Ok, lines["websocket"].Result);
        Assert.Equal(CheckResult.Warning, lines["policy"].Result);
        Assert.All(lines.Values, line => Assert.True(line.Result is CheckResult.Ok or CheckResult.Warning, line.ToString()));
    }

    [Fact]
    public async Task RefusedUpgrade_IsOnlyAWarning()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var proxy = new BadProxy(coordinator.Url).RefuseUpgrades();
        await using var node = Node(proxy.Url);

        var (passed, lines) = await CheckAsync(node);

        Assert.True(passed);
        Assert.Equal(CheckResult.Warning, lines["websocket"].Result);
        Assert.Contains("polling works", lines["websocket"].Finding);
    }

    [Fact]
    public async Task ProxyThatAsksWhoWeAre_IsTheFirstThatFails()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var proxy = new BadProxy(coordinator.Url).AskFor("node", "right");
        await using var node = Node(coordinator.Url, $"proxy:\n  url: {proxy.Url}\n");

        var (passed, lines) = await CheckAsync(node);

        Assert.False(passed);
        Assert.Equal((CheckResult.Ok, CheckResult.Failed, CheckResult.Skipped), (lines["connection"].Result, lines["coordinator"].Result, lines["sign-in"].Result));
        Assert.Contains("proxy.user", lines["coordinator"].Help);
    }

    [Fact]
    public async Task WrongClock_IsToldAndKeepsNobodyFromLookingFurther()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.Now = Partner.Now.AddMinutes(10);
        await using var node = Node(coordinator.Url);

        var (passed, lines) = await CheckAsync(node);

        Assert.False(passed);
        Assert.Contains("behind the Coordinator's", lines["clock"].Finding);
        Assert.Equal(CheckResult.Ok, lines["sign-in"].Result);
    }

    [Fact]
    public async Task Verb_EndsWithOneLineAndTheExitCode()
    {
        await using var node = new TestNode(alliance, new Uri("http://127.0.0.1:9/"));

        var (code, text, _) = await Verbs.RunAsync("check", "--dir", node.Home.Root, "--json");

        Assert.Equal(ExitCodes.Failed, code);
        Assert.False(JsonDocument.Parse(Assert.Single(text.TrimEnd().Split('\n'))).RootElement.GetProperty("passed").GetBoolean());
    }

    [Theory]
    [InlineData("settings", "Unknown key")]
    [InlineData("keys", "is open to other users")]
    [InlineData("modes", "chmod 700")]
    [InlineData("root", "Get your organization's root")]
    [InlineData("pins", "can't be used")]
    [InlineData("certificate", "does not fit")]
    [InlineData("policy", "policy.yaml:1:1")]
    [InlineData("data", "patients.csv")]
    [InlineData("worker", "no-worker")]
    [InlineData("name", "nowhere.invalid")]
    [InlineData("connection", "Nothing answers")]
    public async Task WhatIsWrong_FailsItsOwnLine(string check, string says)
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = Node(coordinator.Url);
        Spoil(node, check, coordinator.Url);

        var (passed, lines) = await CheckAsync(node);

        Assert.False(passed);
        Assert.Equal(CheckResult.Failed, lines[check].Result);
        Assert.Contains(says, $"{lines[check].Finding} {lines[check].Help}");
        Assert.NotEmpty(lines[check].Help!);
    }

    private TestNode Node(Uri url, string settings = "")
    {
        var node = new TestNode(alliance, url, settings);
        var worker = Path.Combine(node.Home.Root, "worker");
        File.WriteAllText(worker, "");
        File.AppendAllText(node.Home.Settings, $"worker: {worker}\n");
        return node;
    }

    private static void Spoil(TestNode node, string what, Uri url)
    {
        var home = node.Home;
        Action spoil = what switch
        {
            "settings" => () => File.AppendAllText(home.Settings, "colour: red\n"),
            "keys" => () => Modes.Set(home.SigningKey, UnixFileMode.UserRead | UnixFileMode.OtherRead),
            "modes" => () => Modes.Set(home.State, UnixFileMode.UserRead | UnixFileMode.OtherRead | UnixFileMode.UserExecute),
            "root" => () => File.Delete(home.OwnRoot),
            "pins" => () => File.WriteAllText(home.Pins, new Alliance().Pins()),
            "certificate" => () => File.WriteAllText(home.SigningCertificate, new Alliance().Hospital.NodeChain.ToPem()),
            "policy" => () => File.WriteAllText(home.Policy, "acept: []\nversion: 1\n"),
            "data" => () => File.AppendAllText(home.Settings, "sources:\n  - id: patients\n    path: patients.csv\n"),
            "worker" => () => File.WriteAllText(home.Settings, $"coordinator: {url}\nworker: no-worker\n"),
            "name" => () => File.WriteAllText(home.Settings, "coordinator: https://nowhere.invalid\n"),
            _ => () => File.WriteAllText(home.Settings, "coordinator: http://127.0.0.1:9\n"),
        };
        spoil();
    }

    private static async Task<(bool Passed, Dictionary<string, CheckLine> Lines)> CheckAsync(TestNode node)
    {
        var lines = await NodeChecks.RunAsync(node.Home, node.Clock, TestContext.Current.CancellationToken);
        return (CheckReport.Of(lines).Passed, lines.ToDictionary(line => line.Name));
    }
}
