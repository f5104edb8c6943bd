using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Link;

namespace Vantage.Tests.NodeAgent.Link;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 0.0, 0)]
    [InlineData(1, 0.5, 250)]
    [InlineData(2, 0.5, 500)]
    [InlineData(5, 1.0, 8000)]
    [InlineData(7, 1.0, 30_000)]
    [InlineData(100, 1.0, 30_000)]
    public void Delay_DoublesItsCeilingUpToTheLongest(int failures, double random, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Transient.Delay(failures, random));

    [Fact]
    public void Delay_LiesBetweenZeroAndTheLongestWhateverComes() =>
        Prop.ForAll<int, byte>((failures, random) =>
        {
            var delay = Backoff.Transient.Delay(failures, random / 256.0);
            return delay >= TimeSpan.Zero && delay <= Backoff.Transient.Longest;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Jitter_SpreadsAThousandNodesOverTheWholeWait()
    {
        var random = new Random(1);
        var delays = Enumerable.Range(0, 1000).Select(_ => Backoff.Transient.Delay(7, random.NextDouble()).TotalSeconds).ToList();

        Assert.All(Enumerable.Range(0, 30), second => Assert.Contains(delays, delay => (int)delay == second));
    }
}
