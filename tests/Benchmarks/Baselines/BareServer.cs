using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Vantage.Benchmarks.Baselines;

/// <summary>
/// What the same web server does with next to nothing on top: the floor that Vantage's figures stand on. A process of its
/// own, like the Coordinator.
/// </summary>
internal static class BareServer
{
    public const string Verb = "serve-baseline";

    private static readonly byte[] Answer = new byte[1500];
    private static readonly byte[] Hint = "{\"type\":1,\"target\":\"WorkAvailable\",\"arguments\":[]}\u001e"u8.ToArray();
    private static readonly ConcurrentBag<WebSocket> Told = [];

    /// <param name="database">A file with a connection string, or none.</param>
    public static async Task<int> RunAsync(string? database)
    {
        Answer.AsSpan().Fill((byte)'a');
        await using var source = database is null ? null : NpgsqlDataSource.Create(await File.ReadAllTextAsync(database));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        await using var app = builder.Build();
        app.UseWebSockets();
        app.Run(context => context.Request.Path.Value switch
        {
            "/socket" => SocketAsync(context),
            "/quiet" => QuietAsync(context),
            "/told" => TellAsync(context, source!),
            "/bytes" => BytesAsync(context),
            _ => AnswerAsync(context),
        });
        await app.StartAsync();
        Console.WriteLine($$"""{"event":"ready","url":"{{app.Urls.First()}}"}""");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Reads whatever comes and answers about as much as a task's view.</summary>
    private static async Task AnswerAsync(HttpContext context)
    {
        await DrainAsync(context.Request);
        context.Response.ContentLength = Answer.Length;
        await context.Response.Body.WriteAsync(Answer);
    }

    private static async Task DrainAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static async Task BytesAsync(HttpContext context)
    {
        var left = long.Parse(context.Request.Query["count"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
        context.Response.ContentLength = left;
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        var chunk = new byte[128 * 1024];
        for (; left > 0; left -= chunk.Length)
        {
            await context.Response.Body.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)));
        }
    }

    private static async Task SocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        Told.Add(socket);
        var buffer = new byte[16 * 1024];
        while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } received)
        {
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, received.EndOfMessage, context.RequestAborted);
        }
    }

    /// <summary>Waits for the end, with as small a buffer as may be.</summary>
    private static async Task QuietAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[128];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: not WebSocketMessageType.Close })
            {
                // Nobody says anything.
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // It left without a word.
        }
    }

    /// <summary>One row made durable, then a word to whoever listens: the least that telling a node can be.</summary>
    private static async Task TellAsync(HttpContext context, NpgsqlDataSource source)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        await using (var command = source.CreateCommand("INSERT INTO bench.told (body) VALUES ($1)"))
        {
            command.Parameters.Add(new() { Value = memory.ToArray() });
            await command.ExecuteNonQueryAsync();
        }

        foreach (var socket in Told.Where(socket => socket.State == WebSocketState.Open))
        {
            await socket.SendAsync(Hint.AsMemory(), WebSocketMessageType.Text, true, context.RequestAborted);
        }

        context.Response.ContentLength = Answer.Length;
        await context.Response.Body.WriteAsync(Answer);
    }
}
