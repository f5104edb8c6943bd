using System.Collections.Concurrent;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;

namespace Vantage.Tests.Protocol.Envelopes;

public sealed class EveryBitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Any_single_bit_of_a_4_KiB_envelope_changed_and_it_does_not_open()
    {
        using var key = EncryptionKey.Create();
        using var other = EncryptionKey.Create();
        var context = Some.ResultContext();
        var overhead = (int)Envelope.SealedSize(0, 2);
        var envelope = Envelope.Seal(Some.Bytes(4096 - overhead), context, [key.PublicKey, other.PublicKey]);
        var opened = new ConcurrentBag<int>();

        Parallel.For(0, envelope.Length * 8, new ParallelOptions { CancellationToken = Token }, bit =>
        {
            if (Opens(Flipped(envelope, bit), context, key))
                opened.Add(bit);
        });

        Assert.Equal(4096, envelope.Length);
        Assert.True(Opens(envelope, context, key));
        Assert.Empty(opened);
    }

    [Fact]
    public async Task Any_single_bit_of_a_streamed_envelope_changed_and_it_does_not_open()
    {
        using var key = EncryptionKey.Create();
        var context = Some.InputContext();
        var envelope = Envelope.Seal("{}"u8, context, [key.PublicKey]);

        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            using var altered = new MemoryStream(Flipped(envelope, bit));
            await Assert.ThrowsAsync<EnvelopeException>(() => Envelope.OpenAsync(altered, Stream.Null, context, key, Token));
        }
    }

    [Fact]
    public async Task An_envelope_cut_anywhere_does_not_open_and_neither_does_a_longer_one()
    {
        using var key = EncryptionKey.Create();
        var context = Some.InputContext();
        var envelope = Envelope.Seal(Some.Bytes(300), context, [key.PublicKey]);

        for (var length = 0; length < envelope.Length; length++)
            await AssertRefused(envelope[..length]);
        await AssertRefused([.. envelope, 0]);
        await AssertRefused([.. envelope, .. envelope]);

        async Task AssertRefused(byte[] altered)
        {
            var inMemory = Assert.Throws<EnvelopeException>(() => Envelope.Open(altered, context, key));
            var streamed = await Assert.ThrowsAsync<EnvelopeException>(
                () => Envelope.OpenAsync(new MemoryStream(altered), Stream.Null, context, key, Token));
            Assert.Equal(inMemory.Fault, streamed.Fault);
        }
    }

    private static bool Opens(byte[] envelope, EnvelopeContext context, EncryptionKey key)
    {
        try
        {
            Envelope.Open(envelope, context, key);
            return true;
        }
        catch (EnvelopeException)
        {
            return false;
        }
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
