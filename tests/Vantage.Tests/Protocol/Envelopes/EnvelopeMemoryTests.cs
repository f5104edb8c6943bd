using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Streaming;

namespace Vantage.Tests.Protocol.Envelopes;

[Collection(nameof(Alone))]
public sealed class EnvelopeMemoryTests
{
    private const long MiB = 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_does_not_grow_with_the_stream()
    {
        using var key = EncryptionKey.Create();
        var context = Some.ResultContext();
        await SealAndOpen(key, context, 4 * MiB);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await SealAndOpen(key, context, 128 * MiB);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.True(allocated < 16 * MiB, $"{allocated} bytes were allocated for a stream of {128 * MiB}");
    }

    [Fact]
    public void A_small_payload_never_rents_a_whole_segment()
    {
        using var key = EncryptionKey.Create();
        var (context, plaintext) = (Some.ResultContext(), Some.Bytes(16 * 1024));
        Envelope.Open(Envelope.Seal(plaintext, context, [key.PublicKey]), context, key);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Envelope.Open(Envelope.Seal(plaintext, context, [key.PublicKey]), context, key);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < 64 * 1024, $"{allocated} bytes were allocated for a payload of 16 KiB");
    }

    private static async Task SealAndOpen(EncryptionKey key, EnvelopeContext context, long length)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
        await Envelope.SealAsync(new ZeroStream(length), file, context, [key.PublicKey], Token);
        file.Position = 0;
        using var counted = new DigestStream(Stream.Null);
        await Envelope.OpenAsync(file, counted, context, key, Token);
        Assert.Equal(length, counted.Count);
    }

    private sealed class ZeroStream(long length) : Stream
    {
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - position);
            position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
