using System.Net;
using System.Runtime.ExceptionServices;

namespace Vantage.Worker.Gateways;

/// <summary>
/// A request body that is written while it is sent. It remembers why writing failed, since the client would tell it as
/// a fault of the connection.
/// </summary>
internal sealed class OutputContent(
    Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) : HttpContent
{
    public ExceptionDispatchInfo? Failure { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        try
        {
            await write(stream, cancellationToken);
        }
        catch (Exception e)
        {
            Failure = ExceptionDispatchInfo.Capture(e);
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
