using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Vantage.Client;
using Vantage.Client.Errors;
using Vantage.Client.Results;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.Client;

/// <summary>A fetch goes on where it was cut, and only ever ends with the bytes that were signed for.</summary>
public sealed class DownloadTests : IDisposable
{
    private const string Path = "/payload";
    private readonly TempFolder folder = new();
    private readonly byte[] bytes = RandomNumberGenerator.GetBytes(3_000_000);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task EveryCut_IsGoneOnFromWhereItHappened()
    {
        var froms = new List<long>();
        await using var server = await ScriptedServer.AnsweringAsync(async context =>
        {
            froms.Add(FromOf(context));
            var count = (int)Math.Min(300_000, bytes.Length - froms[^1]);
            await SendAsync(context, froms[^1], count);
            if (froms[^1] + count < bytes.Length)
            {
                context.Abort();
            }
        });

        await DownloadAsync(server);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder["file"], TestContext.Current.CancellationToken));
        Assert.True(froms.Count >= 10);
        Assert.Equal(froms.Order(), froms);
    }

    [Fact]
    public async Task WhatAnEarlierProcessLeft_IsGoneOnWith()
    {
        await File.WriteAllBytesAsync(folder["file.part"], bytes[..1_000_000], TestContext.Current.CancellationToken);
        var froms = new List<long>();
        await using var server = await ScriptedServer.AnsweringAsync(context =>
        {
            froms.Add(FromOf(context));
            return SendAsync(context, FromOf(context), bytes.Length - (int)FromOf(context));
        });

        await DownloadAsync(server);

        Assert.Equal([1_000_000], froms);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder["file"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ADamagedRemainder_IsFetchedOnceMoreFromItsBeginning()
    {
        var damaged = bytes[..1_000_000];
        damaged[77] ^= 1;
        await File.WriteAllBytesAsync(folder["file.part"], damaged, TestContext.Current.CancellationToken);
        await using var server = await ScriptedServer.AnsweringAsync(context =>
            SendAsync(context, FromOf(context), bytes.Length - (int)FromOf(context)));

        await DownloadAsync(server);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder["file"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AServerWithoutRanges_IsServedToo()
    {
        await File.WriteAllBytesAsync(folder["file.part"], bytes[..1_000_000], TestContext.Current.CancellationToken);
        await using var server = await ScriptedServer.AnsweringAsync(context => SendAsync(context, 0, bytes.Length));

        await DownloadAsync(server);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder["file"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task OtherBytesThanWereSignedFor_NeverGetTheFilesName()
    {
        var other = RandomNumberGenerator.GetBytes(bytes.Length);
        await using var server = await ScriptedServer.AnsweringAsync(context =>
            context.Response.Body.WriteAsync(other).AsTask());

        var refusal = await Assert.ThrowsAsync<VantageException>(() => DownloadAsync(server));

        Assert.Equal(ClientErrorCodes.ReceiptUntrusted, refusal.Code);
        Assert.False(File.Exists(folder["file"]));
    }

    [Fact]
    public async Task AConnectionThatFallsSilent_CountsAsCut()
    {
        var requests = 0;
        await using var server = await ScriptedServer.AnsweringAsync(async context =>
        {
            var from = FromOf(context);
            if (requests++ == 0)
            {
                await SendAsync(context, from, 1_000_000);
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ =>
                    { }, TaskScheduler.Default);
                return;
            }

            await SendAsync(context, from, bytes.Length - (int)from);
        });

        await DownloadAsync(server, stallAfter: TimeSpan.FromSeconds(1));

        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder["file"], TestContext.Current.CancellationToken));
        Assert.True(requests > 1);
    }

    [Fact]
    public async Task AnEndlessAnswer_IsCutOff()
    {
        await using var server = await ScriptedServer.AnsweringAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            }
        });

        Assert.Equal(ClientErrorCodes.ReceiptUntrusted,
            (await Assert.ThrowsAsync<VantageException>(() => DownloadAsync(server))).Code);
    }

    [Fact]
    public async Task AServerThatStaysAway_EndsThePatienceAndKeepsWhatIsThere()
    {
        var first = true;
        await using var server = await ScriptedServer.AnsweringAsync(async context =>
        {
            if (first)
            {
                first = false;
                await SendAsync(context, 0, 500_000);
            }

            context.Abort();
        });

        var refusal = await Assert.ThrowsAsync<VantageException>(() => DownloadAsync(server, TimeSpan.Zero));

        Assert.Equal(ClientErrorCodes.Unreachable, refusal.Code);
        Assert.True(File.Exists(folder["file.part"]));
    }

    private async Task DownloadAsync(ScriptedServer server, TimeSpan? patience = null, TimeSpan? stallAfter = null)
    {
        using var client = new VantageClient(server.Options with
        {
            GiveUpAfter = patience ?? TimeSpan.FromMinutes(1),
            StallAfter = stallAfter ?? TimeSpan.FromMinutes(1),
        });
        await new Download(client.Rest, Path, Digest.Of(bytes), bytes.Length)
            .ToFileAsync(folder["file"], null, TestContext.Current.CancellationToken);
    }

    private static long FromOf(HttpContext context) =>
        context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0;

    private async Task SendAsync(HttpContext context, long from, int count)
    {
        context.Response.StatusCode = from > 0 ? 206 : 200;
        context.Response.ContentLength = bytes.Length - from;
        if (from > 0)
        {
            context.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        }

        await context.Response.Body.WriteAsync(bytes.AsMemory((int)from, count));
        await context.Response.Body.FlushAsync();
    }
}
