using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.Worker;

/// <summary>A node's side of the Gateway on a real Unix socket, which keeps what it is told.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeGateway(WebApplication app, string socket) => (this.app, Socket) = (app, socket);

    public string Socket { get; }

    /// <summary>Outputs that arrived whole: name, size, SHA-256; bytes only of small ones.</summary>
    public ConcurrentDictionary<string, ReceivedOutput> Outputs { get; } = new();

    public ConcurrentQueue<RunFailure> Failures { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public Channel<int> Progress { get; } = Channel.CreateUnbounded<int>();

    public RunFailure Failure => Assert.Single(Failures);

    public static async Task<FakeGateway> StartAsync(string folder, int? outputStatus = null)
    {
        var socket = Path.Combine(folder, "gateway.sock");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.ListenUnixSocket(socket));
        var gateway = new FakeGateway(builder.Build(), socket);
        gateway.Map(outputStatus);
        await gateway.app.StartAsync();
        return gateway;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map(int? outputStatus)
    {
        app.MapPost(Gateway.Progress, async context =>
            Progress.Writer.TryWrite((await ReadAsync(context, AlgorithmsJson.Default.ProgressReport)).Percent));
        app.MapPost(Gateway.Log, async context =>
            Log.Enqueue(await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted)));
        app.MapPost(Gateway.Error, async context =>
            Failures.Enqueue(await ReadAsync(context, AlgorithmsJson.Default.RunFailure)));
        app.MapPut(Gateway.OutputPrefix + "{name}", async (string name, HttpContext context) =>
        {
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            if (outputStatus is { } refused)
            {
                context.Response.StatusCode = refused;
                return;
            }

            Outputs[name] = await ReceivedOutput.ReadAsync(context.Request.Body, context.RequestAborted);
        });
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) =>
        (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted))!;
}

internal sealed record ReceivedOutput(long Size, string Sha256, byte[] Start)
{
    private const int Kept = 1 << 20;

    public static async Task<ReceivedOutput> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var start = new MemoryStream();
        var buffer = new byte[1 << 16];
        var size = 0L;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            start.Write(buffer, 0, (int)Math.Min(read, Kept - start.Length));
            size += read;
        }

        return new(size, Convert.ToHexStringLower(hash.GetHashAndReset()), start.ToArray());
    }
}
