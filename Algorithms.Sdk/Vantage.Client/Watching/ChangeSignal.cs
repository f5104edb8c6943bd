using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;

namespace Vantage.Client.Watching;

/// <summary>
/// Says that a task may have changed, by listening to the Coordinator's events. It says so once too often rather than
/// once too seldom: after each (re)connection, on <c>resync</c>, and now and then when nothing at all arrives, since a
/// proxy may hold events back. What really changed is for the listener to read.
/// </summary>
internal sealed class ChangeSignal(RestChannel rest, string filter) : IAsyncDisposable
{
    /// <summary>How long a silent stream is believed. Coordinators send a comment every 15 seconds.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim changed = new(1, 1);
    private readonly CancellationTokenSource stop = new();
    private Task listening = Task.CompletedTask;
    private string? lastEventId;

    public void Start() => listening = ListenAsync();

    /// <summary>Returns at once for the first time, then whenever something may have changed.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => changed.WaitAsync(Silence, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await listening;
        stop.Dispose();
        changed.Dispose();
    }

    private async Task ListenAsync()
    {
        // It only ends with the watch: whoever reads decides when being out of reach has gone on for too long.
        var patience = new Patience(rest.Time, TimeSpan.MaxValue);
        try
        {
            while (true)
            {
                try
                {
                    await ReadAsync(patience, stop.Token);
                }
                catch (Exception e) when (e is VantageException or IOException or HttpRequestException)
                {
                    Signal();
                }

                await patience.WaitAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The watch is over.
        }
    }

    private async Task ReadAsync(Patience patience, CancellationToken cancellationToken)
    {
        using var response = await rest.RespondAsync(Request, cancellationToken);
        Signal();
        await using var body = await rest.BodyAsync(response, cancellationToken);
        await foreach (var happened in SseReader.ReadAsync(body, cancellationToken))
        {
            patience.Progress();
            lastEventId = happened.Id ?? lastEventId;
            if (!happened.IsComment)
            {
                Signal();
            }
        }
    }

    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, RestChannel.Relative(Routes.Events + filter));
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        return request;
    }

    private void Signal()
    {
        try
        {
            changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Said already, and not yet heard: one reading covers both.
        }
    }
}
