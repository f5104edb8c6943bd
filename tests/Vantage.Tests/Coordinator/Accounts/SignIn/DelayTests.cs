using FsCheck;
using FsCheck.Fluent;
using Vantage.Coordinator.Accounts.SignIn;

namespace Vantage.Tests.Coordinator.Accounts.SignIn;

/// <summary>How long failures make the next attempt wait.</summary>
public sealed class DelayTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Delay Delay = new(5, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(7, 2)]
    [InlineData(8, 4)]
    [InlineData(11, 32)]
    [InlineData(12, 60)]
    [InlineData(int.MaxValue, 60)]
    public void AfterSoManyFailures_TheWaitIsSoLong(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Delay.After(failures));

    [Fact]
    public void NobodyWaitsLongerThanTheLongestDelay_WhateverOthersTry() => Prop.ForAll(
        Gen.Choose(0, 600).ListOf().ToArbitrary(),
        pauses =>
        {
            var (attempts, now) = (new Attempts(0, Now, Now), Now);
            foreach (var pause in pauses)
            {
                now += TimeSpan.FromSeconds(pause);
                attempts = Delay.Next(attempts, now) ?? attempts;
            }

            return attempts.FreeAt - now <= Delay.Longest && Delay.Next(attempts, now + Delay.Longest) is not null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnAttemptDuringTheWait_IsNotCounted_AndAfterAQuietHourTheCountBeginsAnew()
    {
        var waiting = new Attempts(7, Now.AddSeconds(2), Now);

        Assert.Null(Delay.Next(waiting, Now.AddSeconds(1)));
        Assert.Equal(8, Delay.Next(waiting, Now.AddSeconds(2))!.Failures);
        Assert.Equal(1, Delay.Next(waiting, Now.AddHours(1.1))!.Failures);
    }
}
