using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Audit.Coordinators;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link;
using Vantage.Protocol.Hub;
using Vantage.Tests.Protocol.Audits;

namespace Vantage.Tests.NodeAgent.Audit;

public sealed class HeadKeeperTests : IDisposable
{
    private readonly NodeHome home = NodeHome.At(MemoryFolder.Create("vantage-heads-"));
    private readonly Trail trail = new(entries: 30, seed: 1);
    private readonly Bars desk = new();

    public HeadKeeperTests() => Directory.CreateDirectory(home.State);

    public void Dispose()
    {
        trail.Dispose();
        Directory.Delete(home.Root, recursive: true);
    }

    [Fact]
    public void TheNewestHead_IsKeptThroughARestart_AndNothingIsBarred()
    {
        Keeper().Heard(trail.Offer(0, 10));
        Keeper().Heard(trail.Offer(10, 20));

        Assert.Equal(20, Keeper().Held);
        Assert.Null(desk.Why);
    }

    [Fact]
    public void ARolledBackTrail_BarsNewWork_KeepsBothHeads_AndIsBelievedAgainOnceItContinues()
    {
        Keeper().Heard(trail.Offer(0, 20));

        Keeper().Heard(trail.Offer(0, 15));

        Assert.Contains("rollback", desk.Why, StringComparison.Ordinal);
        Assert.Equal(20, Keeper().Held);
        Assert.Equal((20, 15), (File().Read()!.Size, File().ReadRefused()!.Size));
        Keeper().Heard(trail.Offer(20, 25));
        Assert.Null(desk.Why);
        Assert.Null(File().ReadRefused());
    }

    [Fact]
    public void ACoordinatorThatShowsNoHeadAnyMore_IsNotBelieved_AndOneThatNeverDidIs()
    {
        Keeper().Heard(null);
        Assert.Null(desk.Why);
        Keeper().Heard(trail.Offer(0, 20));

        Keeper().Heard(null);

        Assert.Contains("shows no head", desk.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void AfterAccepting_TheNextHeadIsBelieved_AndWhatWasBelievedIsSetAside()
    {
        using var other = new Trail(entries: 5, seed: 2);
        Keeper().Heard(trail.Offer(0, 20));
        Keeper().Heard(other.Offer(0, 5));
        Assert.NotNull(desk.Why);

        File().Forget(TimeProvider.System.GetUtcNow());
        Keeper().Heard(other.Offer(0, 5));

        Assert.Null(desk.Why);
        Assert.Equal(3, Directory.GetFiles(home.Audit).Length);
    }

    /// <summary>NATS, Jepsen 2.12.1: what a flipped bit or a cut leaves of the file is never taken for another truth.</summary>
    [Fact]
    public void ADamagedFile_BarsNewWork_WhicheverBitItIs_AndWhereverItIsCut()
    {
        Keeper().Heard(trail.Offer(0, 20));
        var good = System.IO.File.ReadAllBytes(File().Path);
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertBarred(bad);
        }

        for (var length = 0; length < good.Length; length++)
            AssertBarred(good[..length]);
    }

    private void AssertBarred(byte[] content)
    {
        System.IO.File.WriteAllBytes(File().Path, content);
        desk.Bar(null);
        Keeper().Heard(trail.Offer(20, 21));
        Assert.NotNull(desk.Why);
    }

    private HeadFile File() => new(home, new Uri("https://coordinator.example/"));

    private HeadKeeper Keeper() => new(File(), desk, NullLogger<HeadKeeper>.Instance);

    private sealed class Bars : IRunDesk
    {
        public string? Why { get; private set; }

        public NodeMode Mode => NodeMode.Active;

        public int FreeSlots => 0;

        public Inventory TakeInventory() => new(Mode, []);

        public IReadOnlyList<RunReport> TakeChanges() => [];

        public Task AcceptAsync(ClaimReply handedOver, CancellationToken cancellationToken) => Task.CompletedTask;

        public void Stop(IReadOnlyList<StopOrder> orders)
        {
        }

        public void LeaseHolds(long until)
        {
        }

        public void Bar(string? why) => Why = why;

        public Task WhenNews(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
