using System.Threading.Channels;

namespace Vantage.NodeAgent.Link;

/// <summary>"Look again": set any number of times, it wakes one waiter once. A signal set before the wait is not lost.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => channel.Writer.TryWrite(true);

    /// <summary>For who looks by himself, instead of waiting: whether it was set since.</summary>
    public bool TryTake() => channel.Reader.TryRead(out _);

    public async Task WaitAsync(CancellationToken cancellationToken) => await channel.Reader.ReadAsync(cancellationToken);
}
