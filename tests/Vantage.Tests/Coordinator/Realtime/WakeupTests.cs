using Microsoft.Extensions.Logging.Abstractions;
using Vantage.Coordinator.Realtime.Events;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Realtime;

public sealed class WakeupTests(FreshDatabase fresh) : IClassFixture<FreshDatabase>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void AWakeup_IsReadAsItIsWritten()
    {
        var node = NodeId.New(TimeProvider.System);
        Wakeup[] all =
        [
            new Wakeup.Claim(node),
            new Wakeup.Change(CollaborationId.New(TimeProvider.System)),
            .. Enum.GetValues<StopReason>().Select(reason => new Wakeup.Stop(new StopWork(node, new(RunId.New(TimeProvider.System), 12, reason)))),
        ];

        Assert.All(all, wakeup =>
        {
            Assert.True(Wakeup.TryParse(wakeup.ToString(), out var read));
            Assert.Equal(wakeup, read);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("x123")]
    [InlineData("n123")]
    [InlineData("s0190163d8694739bbbce7a8b7ddaa9e0")]
    [InlineData("s0190163d8694739bbbce7a8b7ddaa9e00190163d8694739bbbce7a8b7ddaa9e099.1")]
    public void WhatANewerReplicaMaySay_IsPassedOver(string word) => Assert.False(Wakeup.TryParse(word, out _));

    [Fact]
    public async Task WhatOneReplicaCommitted_WakesTheWatchersOfAnother()
    {
        var (here, there) = (new Replica(fresh), new Replica(fresh));
        var collaboration = CollaborationId.New(TimeProvider.System);
        using var theirs = there.Watchers.Add(new HashSet<CollaborationId> { collaboration });
        await here.StartAsync(Stop);
        await there.StartAsync(Stop);
        // Listening begins with a wake-up of everybody.
        Assert.True(await theirs.WaitAsync(TimeSpan.FromSeconds(60), Stop));

        here.Relay.Add(new Wakeup.Change(collaboration));

        Assert.True(await theirs.WaitAsync(TimeSpan.FromSeconds(60), Stop));
        await here.StopAsync(Stop);
        await there.StopAsync(Stop);
    }

    [Fact]
    public async Task AReplicasOwnNotices_WakeNobodyASecondTime()
    {
        var replica = new Replica(fresh);
        var collaboration = CollaborationId.New(TimeProvider.System);
        using var watcher = replica.Watchers.Add(new HashSet<CollaborationId> { collaboration });
        var word = new Wakeup.Change(collaboration);

        replica.Listener.Hear($"{replica.Relay.Replica} {word}");
        Assert.False(await watcher.WaitAsync(TimeSpan.Zero, Stop));
        replica.Listener.Hear($"another {word}");
        Assert.True(await watcher.WaitAsync(TimeSpan.Zero, Stop));
    }

    [Fact]
    public async Task MoreThanOneNoticeHolds_ArrivesInSeveral()
    {
        var (here, there) = (new Replica(fresh), new Replica(fresh));
        var collaborations = Enumerable.Range(0, 1000).Select(_ => CollaborationId.New(TimeProvider.System)).ToList();
        var watchers = collaborations.Select(id => there.Watchers.Add(new HashSet<CollaborationId> { id })).ToList();
        await there.StartAsync(Stop);
        Assert.All(await Task.WhenAll(watchers.Select(watcher => watcher.WaitAsync(TimeSpan.FromSeconds(60), Stop))), Assert.True);
        collaborations.ForEach(id => here.Relay.Add(new Wakeup.Change(id)));

        await here.StartAsync(Stop);

        Assert.All(await Task.WhenAll(watchers.Select(watcher => watcher.WaitAsync(TimeSpan.FromSeconds(60), Stop))), Assert.True);
        await here.StopAsync(Stop);
        await there.StopAsync(Stop);
    }

    [Fact]
    public void OthersAreToldUntilTheyWereNotHeardOfForLong_AndWheneverTheyMightGoUnheard()
    {
        var time = new MovableTime();
        var others = new OtherReplicas(time);
        Assert.True(others.MayListen);

        others.Heard();
        time.Advance(OtherReplicas.AnnounceEvery * 3);
        Assert.True(others.MayListen);
        time.Advance(OtherReplicas.AnnounceEvery * 2);
        Assert.False(others.MayListen);

        others.Heard();
        Assert.True(others.MayListen);
        time.Advance(OtherReplicas.AnnounceEvery * 5);
        others.Deaf();
        Assert.True(others.MayListen);
    }

    [Fact]
    public async Task AReplicaThatBeginsToListen_IsHeardOfByOneThatWasAlone()
    {
        var (here, there) = (new Replica(fresh), new Replica(fresh));
        using var ours = here.Watchers.Add(new HashSet<CollaborationId>());
        await here.StartAsync(Stop);
        Assert.True(await ours.WaitAsync(TimeSpan.FromSeconds(60), Stop));
        here.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(here.Others.MayListen);

        await there.StartAsync(Stop);

        await here.MinglesAsync(Stop);

        await here.StopAsync(Stop);
        await there.StopAsync(Stop);
    }

    /// <summary>The parts of a Coordinator that hear and tell.</summary>
    private sealed class Replica
    {
        public Replica(FreshDatabase fresh)
        {
            Others = new OtherReplicas(Clock);
            Relay = new WakeupRelay(fresh.Database, Others, TimeProvider.System, NullLogger<WakeupRelay>.Instance);
            Listener = new WakeupListener(
                fresh.Database, Relay, Others, null!, Watchers, TimeProvider.System, NullLogger<WakeupListener>.Instance);
        }

        public MovableTime Clock { get; } = new();

        public OtherReplicas Others { get; }

        public Watchers Watchers { get; } = new();

        public WakeupRelay Relay { get; }

        public WakeupListener Listener { get; }

        /// <summary>Until it knows of another one.</summary>
        public async Task MinglesAsync(CancellationToken cancellationToken)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(60));
            while (!Others.MayListen)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
            }
        }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Listener.StartAsync(cancellationToken);
            await Relay.StartAsync(cancellationToken);
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await Relay.StopAsync(cancellationToken);
            await Listener.StopAsync(cancellationToken);
        }
    }
}
