using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Link.Transports;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Link;

/// <summary>Whatever stands between a site and the Coordinator: it works, or names the setting.</summary>
public sealed class ProxyTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public async Task NothingInBetween_WebSocketIsUsed()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();

        await OneRunAsync(coordinator, node);

        Assert.Equal(TransportKind.WebSocket, node.Get<LinkHealth>().State.Transport);
    }

    [Fact]
    public async Task RefusedUpgrade_IsPolledInstead()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var proxy = new BadProxy(coordinator.Url).RefuseUpgrades();
        await using var node = await new TestNode(alliance, proxy.Url).StartAsync();

        await OneRunAsync(coordinator, node);

        Assert.Equal(TransportKind.LongPoll, node.Get<LinkHealth>().State.Transport);
        Assert.Equal(1, proxy.UpgradesRefused);
        Assert.DoesNotContain("websocket", coordinator.State.TransportsSeen);
    }

    [Fact]
    public async Task BufferedAnswers_ArePolledWhenTheWebSocketNeverSpeaks()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var proxy = new BadProxy(coordinator.Url).Buffer();
        await using var node = await new TestNode(alliance, proxy.Url).StartAsync();

        await OneRunAsync(coordinator, node);

        Assert.Equal(TransportKind.LongPoll, node.Get<LinkHealth>().State.Transport);
    }

    [Fact]
    public async Task IdleConnectionsClosedSoon_TheLinkStands()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var proxy = new BadProxy(coordinator.Url).RefuseUpgrades().CloseIdleAfter(TimeSpan.FromMilliseconds(400));
        await using var node = await new TestNode(alliance, proxy.Url).StartAsync();

        await OneRunAsync(coordinator, node);
        var since = node.Get<LinkHealth>().State.Since;
        await node.EventuallyAsync(() => proxy.IdleCuts > 5, "idle connections are cut");
        await OneRunAsync(coordinator, node);

        Assert.Equal(since, node.Get<LinkHealth>().State.Since);
    }

    [Fact]
    public async Task IdleWebSocketsClosedSoon_AreGivenUpForPolling()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.Terms = coordinator.State.Terms with { HeartbeatSeconds = 3, ReconcileSeconds = 30 };
        await using var proxy = new BadProxy(coordinator.Url).CloseIdleAfter(TimeSpan.FromSeconds(1));
        await using var node = await new TestNode(alliance, proxy.Url).StartAsync();

        await node.EventuallyAsync(() => node.Get<LinkHealth>().State.Transport == TransportKind.LongPoll, "the node polls");
        await OneRunAsync(coordinator, node);

        Assert.Contains("websocket", coordinator.State.TransportsSeen);
    }

    [Fact]
    public async Task ForwardProxyWithCredentials_IsGoneThrough()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var proxy = new BadProxy(coordinator.Url).AskFor("node", "let me out");
        await using var node = new TestNode(alliance, coordinator.Url,
            $"proxy:\n  url: {proxy.Url}\n  user: node\n  passwordFile: keys/proxy.password\n");
        KeyFile.Save(Path.Combine(node.Home.Keys, "proxy.password"), "let me out\n");
        await node.StartAsync();

        await OneRunAsync(coordinator, node);

        Assert.True(proxy.Requests > 0);
    }

    [Fact]
    public async Task ForwardProxyThatRefusesTunnels_IsPolledThrough()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var proxy = new BadProxy(coordinator.Url).RefuseUpgrades();
        await using var node = await new TestNode(alliance, coordinator.Url, $"proxy:\n  url: {proxy.Url}\n").StartAsync();

        await OneRunAsync(coordinator, node);

        Assert.Equal(TransportKind.LongPoll, node.Get<LinkHealth>().State.Transport);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  user: node\n  passwordFile: keys/proxy.password\n")]
    public async Task ProxyThatAsksWhoWeAre_NamesTheSettings(string credentials)
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var proxy = new BadProxy(coordinator.Url).AskFor("node", "right");
        await using var node = new TestNode(alliance, coordinator.Url, $"proxy:\n  url: {proxy.Url}\n{credentials}");
        KeyFile.Save(Path.Combine(node.Home.Keys, "proxy.password"), "wrong\n");
        await node.StartAsync();

        await node.EventuallyAsync(() => node.Get<LinkHealth>().State.Fault is not null, "a fault is told");

        var fault = node.Get<LinkHealth>().State.Fault!;
        Assert.Equal(LinkFaultKind.ProxyCredentials, fault.Kind);
        Assert.Contains("proxy.user", fault.Message);
        Assert.Contains("proxy.passwordFile", fault.Message);
        Assert.True(fault.NeedsPerson);
    }

    [Fact]
    public async Task ReverseProxyThatAsksWhoWeAre_NamesTheSettings()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var proxy = new BadProxy(coordinator.Url).AskFor("node", "right");
        await using var node = await new TestNode(alliance, proxy.Url).StartAsync();

        await node.EventuallyAsync(() => node.Get<LinkHealth>().State.Fault is not null, "a fault is told");

        Assert.Equal(LinkFaultKind.ProxyCredentials, node.Get<LinkHealth>().State.Fault!.Kind);
    }

    private async Task OneRunAsync(FakeCoordinator coordinator, TestNode node)
    {
        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");
        Assert.Equal("42", run.Open(alliance, coordinator.State, PayloadKind.Result).Text);
    }
}
