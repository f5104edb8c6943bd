using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Vantage.Tests.Images;

/// <summary>A registry in this process that can be told to go wrong. It reads only.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeRegistry(WebApplication app) => this.app = app;

    /// <summary>By <c>manifests/REFERENCE</c>, <c>blobs/DIGEST</c> or <c>referrers/DIGEST</c>; what is not here is 404.</summary>
    public ConcurrentDictionary<string, (string? Type, byte[] Bytes)> Things { get; } = new();

    /// <summary>Every request, as <c>METHOD path authorization</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Comes first; true if it answered.</summary>
    public Func<HttpContext, string, Task<bool>> Fault { get; set; } = (_, _) => Task.FromResult(false);

    public string Host => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;

    public static async Task<FakeRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var built = builder.Build();
        var registry = new FakeRegistry(built);
        built.Run(registry.AnswerAsync);
        await built.StartAsync();
        return registry;
    }

    public void Put(string kind, string reference, byte[] bytes, string? type = null) => Things[$"{kind}/{reference}"] = (type, bytes);

    public void PutBlob(byte[] bytes) => Put("blobs", "sha256:" + SampleImage.Hex(bytes), bytes, "application/octet-stream");

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Asked.Enqueue($"{context.Request.Method} {path} {context.Request.Headers.Authorization}");
        var thing = string.Join('/', path.Split('/')[^2..]);
        if (await Fault(context, thing))
        {
            return;
        }

        if (!Things.TryGetValue(thing, out var found))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = found.Type;
        context.Response.ContentLength = found.Bytes.Length;
        await context.Response.Body.WriteAsync(found.Bytes);
    }
}
