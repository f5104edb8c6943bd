using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Tests.Client;

/// <summary>Ciphertext up in parts and down in ranges.</summary>
internal static class FakePayloads
{
    private static readonly ConcurrentDictionary<UploadId,
        (StartUpload Start, ConcurrentDictionary<int, byte[]> Parts)> Uploads = new();

    public static async Task SendAsync(HttpContext context, byte[] bytes)
    {
        var from = RangeHeaderValue.TryParse(context.Request.Headers.Range.ToString(), out var range)
            ? (int)range.Ranges.Single().From!.Value : 0;
        context.Response.StatusCode = from > 0 ? 206 : 200;
        context.Response.ContentLength = bytes.Length - from;
        if (from > 0)
        {
            context.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        }

        await context.Response.Body.WriteAsync(bytes.AsMemory(from));
    }

    public static async Task StartAsync(HttpContext context, FakeFederation federation)
    {
        var start = (await context.Request.ReadFromJsonAsync(ProtocolJson.Default.StartUpload))!;
        var id = IdOf(context);
        Uploads.TryAdd(id, (start, new()));
        await ReplyAsync(context, id, federation);
    }

    public static async Task PutAsync(HttpContext context, FakeFederation federation)
    {
        var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes);
        var id = IdOf(context);
        Assert.Equal(Digest.Of(bytes.ToArray()).ToString(), context.Request.Headers[StartUpload.PartDigestHeader]);
        Uploads[id].Parts[int.Parse((string)context.Request.RouteValues["n"]!)] = bytes.ToArray();
        await ReplyAsync(context, id, federation);
    }

    private static Task ReplyAsync(HttpContext context, UploadId id, FakeFederation federation)
    {
        var (start, parts) = Uploads[id];
        var all = parts.OrderBy(p => p.Key).SelectMany(p => p.Value).ToArray();
        var complete = all.Length == start.Size && Digest.Of(all) == start.Digest;
        if (complete)
        {
            federation.Blobs[start.Digest] = all;
        }

        return context.Response.WriteAsJsonAsync(new UploadView(id, start.Digest, start.Size, StartUpload.PartBytes,
            [.. parts.Keys.Order()],
            complete, DateTimeOffset.UnixEpoch), ProtocolJson.Default.UploadView);
    }

    private static UploadId IdOf(HttpContext context) => Id.Parse<UploadId>((string)context.Request.RouteValues["id"]!);
}
