using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Vantage.Coordinator.Access;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.Coordinator.Realtime.Events;

/// <summary>One person's stream of server-sent events, until they leave or their token ends.</summary>
internal sealed class EventStream(
    EventReader reader, Watchers watchers, OpenStreams streams, IHostApplicationLifetime host, EventSettings settings)
{
    private static readonly byte[] KeepAlive = ": still here\n\n"u8.ToArray();

    public async Task RunAsync(HttpContext context, EventFilter filter, EventPosition? resume, CancellationToken cancellationToken)
    {
        using var open = streams.Watch(context);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, open.Revoked, host.ApplicationStopping);
        using var watcher = watchers.Add(filter.Collaborations);
        Begin(context);
        try
        {
            var (now, horizon) = await reader.EdgeAsync(ending.Token);
            var position = resume ?? now;
            // Past retention, or of another database's time: what was missed can't be told any more.
            if (position.IsBefore(horizon) || now.IsBefore(position))
            {
                position = now;
                await WriteAsync(context, $"id: {position}\nevent: resync\ndata: {{}}\n\n", ending.Token);
            }
            else
            {
                await WriteAsync(context, $"id: {position}\n: welcome\n\n", ending.Token);
            }

            await FollowAsync(context, filter, watcher, position, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader left, the token ended or the Coordinator stops: an event stream ends by ending.
        }
    }

    private async Task FollowAsync(
        HttpContext context, EventFilter filter, Watchers.Watcher watcher, EventPosition position, CancellationToken cancellationToken)
    {
        var silent = TimeSpan.Zero;
        while (true)
        {
            var batch = await reader.ReadAsync(filter, position, cancellationToken);
            position = batch.Next;
            if (batch.Events.Count > 0)
            {
                await WriteAsync(context, string.Concat(batch.Events.Select(Format)), cancellationToken);
                silent = TimeSpan.Zero;
            }

            if (batch.MoreNow)
            {
                continue;
            }

            var wait = batch.MoreSoon ? settings.BehindCommit : settings.Look;
            if (!await watcher.WaitAsync(wait, cancellationToken) && (silent += wait) >= settings.KeepAlive)
            {
                await context.Response.Body.WriteAsync(KeepAlive, cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                silent = TimeSpan.Zero;
            }
        }
    }

    private static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        // For proxies that would hold events back until a buffer is full.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>JSON has no line breaks here, so each event is one data line.</summary>
    private static string Format(TaskEvent happened) =>
        $"id: {happened.Id}\ndata: {JsonSerializer.Serialize(happened, ProtocolJson.Default.TaskEvent)}\n\n";
}
