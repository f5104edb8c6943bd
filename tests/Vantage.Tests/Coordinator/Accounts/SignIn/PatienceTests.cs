using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Accounts.SignIn;

/// <summary>Failed attempts are counted in the database: by all replicas together, and by each attempt alone.</summary>
public sealed class PatienceTests(FreshDatabase fresh) : IClassFixture<FreshDatabase>
{
    private static readonly Delay Delay = new(5, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHundredAttemptsAtOnce_OnTwoReplicas_GetAsManyTurnsAsOneAfterAnother()
    {
        var (one, other) = (new Patience(fresh.Database, TimeProvider.System), new Patience(fresh.Database, TimeProvider.System));
        Counted[] counted = [new("name:ada", Delay), new("address:7f000001", new Delay(1000, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)))];

        var turns = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            (i % 2 == 0 ? one : other).TakeTurnAsync(Cancel, i % 3 == 0 ? counted : [.. counted.Reverse()])));

        // Five for free and the one that begins the wait; a second of it may pass on a slow machine.
        Assert.InRange(turns.Count(turn => turn), 6, 8);
    }

    [Fact]
    public async Task ASuccess_ForgetsTheFailuresBefore_AndTheWaitEndsByItself()
    {
        var time = new MovableTime();
        var patience = new Patience(fresh.Database, time);
        Counted counted = new("name:grace", Delay);

        for (var i = 0; i < 6; i++)
            Assert.True(await patience.TakeTurnAsync(Cancel, counted));
        var refused = await patience.TakeTurnAsync(Cancel, counted);
        time.Advance(TimeSpan.FromSeconds(2));
        var afterwards = await patience.TakeTurnAsync(Cancel, counted);
        await patience.ForgetAsync(Cancel, counted);

        Assert.False(refused);
        Assert.True(afterwards);
        for (var i = 0; i < 6; i++)
            Assert.True(await patience.TakeTurnAsync(Cancel, counted));
    }
}
