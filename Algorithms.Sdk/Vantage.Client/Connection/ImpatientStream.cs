using Vantage.Protocol.Streaming;

namespace Vantage.Client.Connection;

/// <summary>
/// A body on its way here that is given up when nothing at all arrives for a while. Without it a connection whose other
/// end silently vanished would be waited for until the operating system notices, which may be never.
/// </summary>
internal sealed class ImpatientStream(Stream inner, TimeSpan stallAfter, TimeProvider time) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var stalled = new CancellationTokenSource(stallAfter, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellationToken);
        try
        {
            return await inner.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"Nothing arrived for {stallAfter.TotalSeconds:0} seconds.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
