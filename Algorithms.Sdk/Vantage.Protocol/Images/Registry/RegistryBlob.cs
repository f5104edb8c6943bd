using Vantage.Protocol.Streaming;

namespace Vantage.Protocol.Images.Registry;

/// <summary>The body of a blob, within the time that its request was given. Ends with what carried it.</summary>
internal sealed class RegistryBlob(
    HttpResponseMessage response, Stream body, CancellationTokenSource patience, RegistryHttp http, CancellationToken outer) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            return await body.ReadAsync(buffer, both.Token);
        }
        catch (OperationCanceledException) when (!outer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw http.TooSlow();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw http.Broken(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            response.Dispose();
            patience.Dispose();
        }

        base.Dispose(disposing);
    }
}
