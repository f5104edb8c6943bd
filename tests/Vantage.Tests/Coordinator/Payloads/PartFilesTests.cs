using System.Security.Cryptography;
using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Payloads;

public sealed class PartFilesTests : IDisposable
{
    private const int PartBytes = 600_000;
    private readonly string folder = Directory.CreateTempSubdirectory("vantage-parts-").FullName;
    private readonly UploadId upload = UploadId.New(TimeProvider.System);
    private readonly byte[] whole = RandomNumberGenerator.GetBytes((PartBytes * 3) + 5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(3, 2, 1, 0)]
    [InlineData(1, 0, 3, 2)]
    public async Task PartsInAnyOrder_AreTheWhole(params int[] order)
    {
        var files = new PartFiles(folder);
        foreach (var number in order)
        {
            Assert.Equal(Digest.Of(Part(number)), await WriteAsync(files, number, Part(number)));
        }

        Assert.True(await files.HasDigestAsync(upload, Digest.Of(whole), whole.Length, Stop));
    }

    [Fact]
    public async Task PartsAtOnce_AreTheWhole()
    {
        var files = new PartFiles(folder);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => WriteAsync(files, i % 4, Part(i % 4)), Stop)));

        Assert.True(await files.HasDigestAsync(upload, Digest.Of(whole), whole.Length, Stop));
    }

    [Fact]
    public async Task APartThatStands_IsNotWrittenAgain()
    {
        var files = new PartFiles(folder);
        await WriteAsync(files, 0, Part(0));
        var other = RandomNumberGenerator.GetBytes(PartBytes);

        // Its digest is what came, so that whoever recorded the first one notices.
        Assert.Equal(Digest.Of(other), await WriteAsync(files, 0, other));

        Assert.Equal(Part(0), (await File.ReadAllBytesAsync(files.PathOf(upload), Stop))[..PartBytes]);
    }

    [Fact]
    public async Task WhatCameDamaged_IsWrittenOver()
    {
        var files = new PartFiles(folder);
        var damaged = Part(1);
        damaged[7] ^= 1;
        using (var content = new MemoryStream(damaged))
        {
            Assert.NotEqual(Digest.Of(Part(1)),
                await files.WriteAsync(upload, PartBytes, damaged.Length, Digest.Of(Part(1)), content, Stop));
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => WriteAsync(files, number, Part(number))));

        Assert.True(await files.HasDigestAsync(upload, Digest.Of(whole), whole.Length, Stop));
    }

    [Fact]
    public async Task PartsOfAnEarlierProcess_AreReadAgain()
    {
        var before = new PartFiles(folder);
        await WriteAsync(before, 0, Part(0));
        await WriteAsync(before, 1, Part(1));

        var after = new PartFiles(folder);
        await WriteAsync(after, 2, Part(2));
        await WriteAsync(after, 3, Part(3));

        Assert.True(await after.HasDigestAsync(upload, Digest.Of(whole), whole.Length, Stop));
    }

    [Fact]
    public async Task AnotherWholeThanAnnounced_IsFound()
    {
        var files = new PartFiles(folder);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => WriteAsync(files, number, Part(number))));

        Assert.False(await files.HasDigestAsync(upload, Digest.Of([1]), whole.Length, Stop));
        Assert.False(await files.HasDigestAsync(upload, Digest.Of(whole), whole.Length - 1, Stop));
    }

    private byte[] Part(int number) => whole[(number * PartBytes)..Math.Min(whole.Length, (number + 1) * PartBytes)];

    private async Task<Digest?> WriteAsync(PartFiles files, int number, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return await files.WriteAsync(upload, (long)number * PartBytes, bytes.Length, Digest.Of(bytes), content, Stop);
    }
}
