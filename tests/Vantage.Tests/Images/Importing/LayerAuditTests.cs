using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Vantage.NodeAgent.Images.Importing;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.Tests.Images.Importing;

/// <summary>No layer reaches an engine that is not, byte by byte, what was signed.</summary>
public sealed class LayerAuditTests
{
    private const long Most = 1 << 20;
    private const string Gzip = OciMedia.Layer + "+gzip";

    [Fact]
    public async Task WhatTheConfigNames_IsTaken_PackedOrNot()
    {
        var plain = Tar(new PaxTarEntry(TarEntryType.RegularFile, "run.sh"), new PaxTarEntry(TarEntryType.SymbolicLink, "up") { LinkName = "../etc" });

        await AuditAsync(Gzip, Packed(plain), plain);
        await AuditAsync(OciMedia.Layer, plain, plain);
    }

    [Fact]
    public async Task AnythingElse_IsRefused()
    {
        var good = Tar(new PaxTarEntry(TarEntryType.RegularFile, "run.sh"));
        var bomb = new byte[4 << 20];
        (ImageFault Fault, Func<Task> Audit)[] cases =
        [
            (ImageFault.ImageAltered, () => AuditAsync(Gzip, Packed(good), Tar(new PaxTarEntry(TarEntryType.RegularFile, "other")))),
            (ImageFault.ImageAltered, () => AuditAsync(Gzip, Packed(good), good, stored: Packed(Tar(new PaxTarEntry(TarEntryType.RegularFile, "run.so"))))),
            (ImageFault.ImageAltered, () => AuditAsync(OciMedia.Layer, good, good, size: good.Length + 1)),
            (ImageFault.ImageTooLarge, () => AuditAsync(OciMedia.Layer, good, good, size: good.Length - 1)),
            (ImageFault.ImageTooLarge, () => AuditAsync(Gzip, Packed(bomb), bomb)),
            (ImageFault.ImageMalformed, () => AuditAsync(Gzip, good, good)),
            (ImageFault.ImageMalformed, () => AuditAsync(OciMedia.Layer + "+zstd", good, good)),
            (ImageFault.ImageAltered, () => SameAsync(Tar(new PaxTarEntry(TarEntryType.RegularFile, "a/../../etc/passwd")))),
            (ImageFault.ImageAltered, () => SameAsync(Tar(new PaxTarEntry(TarEntryType.RegularFile, "../passwd")))),
            (ImageFault.ImageAltered, () => SameAsync(Tar(new PaxTarEntry(TarEntryType.HardLink, "shadow") { LinkName = "../../etc/shadow" }))),
            (ImageFault.ImageNotFound, () => new LayerAudit(_ => null, Most).RequireAsync([Layer(Gzip, good)], Config(good), Cancel)),
            (ImageFault.ImageMalformed, () => new LayerAudit(_ => new MemoryStream(good), Most).RequireAsync([Layer(OciMedia.Layer, good)], Config(good, good), Cancel)),
            (ImageFault.ImageMalformed, () => new LayerAudit(_ => new MemoryStream(good), Most).RequireAsync([Layer(OciMedia.Layer, good)], "{}"u8.ToArray(), Cancel)),
        ];
        foreach (var ((fault, audit), number) in cases.Select((one, number) => (one, number)))
        {
            var refused = await Assert.ThrowsAsync<ImageException>(audit);

            Assert.True(fault == refused.Fault, $"{number}: {refused.Fault}: {refused.Message}");
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task SameAsync(byte[] plain) => AuditAsync(Gzip, Packed(plain), plain);

    /// <param name="listed">What the manifest names.</param>
    /// <param name="plain">What the config names.</param>
    /// <param name="stored">What lies there under the name.</param>
    private static Task AuditAsync(string type, byte[] listed, byte[] plain, byte[]? stored = null, long? size = null) =>
        new LayerAudit(_ => new MemoryStream(stored ?? listed), Most).RequireAsync([Layer(type, listed) with { Size = size ?? (stored ?? listed).Length }], Config(plain), Cancel);

    private static Descriptor Layer(string type, byte[] bytes) => new(type, Digest.Of(bytes), bytes.Length);

    private static byte[] Config(params byte[][] layers) => Encoding.UTF8.GetBytes(
        $$$"""{"rootfs":{"type":"layers","diff_ids":[{{{string.Join(',', layers.Select(layer => $"\"sha256:{SampleImage.Hex(layer)}\""))}}}]}}""");

    private static byte[] Packed(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private static byte[] Tar(params TarEntry[] entries)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }
}
