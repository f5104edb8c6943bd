using FsCheck;
using FsCheck.Fluent;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Streaming;

namespace Vantage.Tests.Protocol.Envelopes;

public sealed class EnvelopeProperties
{
    private const int First = StreamingAead.SegmentSize - StreamingAead.HeaderSize - StreamingAead.TagSize;
    private const int Next = StreamingAead.SegmentSize - StreamingAead.TagSize;

    /// <summary>Small sizes, and sizes near the end of the first, second and third segment.</summary>
    private static readonly Arbitrary<int> Sizes = Gen.OneOf(
        Gen.Choose(0, 40_000),
        Gen.Choose(-40, 40).Select(d => First + d),
        Gen.Choose(-40, 40).Select(d => First + Next + d),
        Gen.Choose(-40, 40).Select(d => First + (2 * Next) + d)).ToArbitrary();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_stream_read_and_written_in_any_pieces_is_the_envelope_opened_in_memory() => Check(async (size, seed) =>
    {
        using var key = EncryptionKey.Create();
        var (context, random, plaintext) = (Some.ResultContext(), new Random(seed), Some.Bytes(size));
        using var envelope = new MemoryStream();

        var payload = await Envelope.SealAsync(new ChunkedStream(plaintext, random), envelope, context, [key.PublicKey], Token);
        using var opened = new MemoryStream();
        await Envelope.OpenAsync(new ChunkedStream(envelope.ToArray(), random), opened, context, key, Token);

        return opened.ToArray().AsSpan().SequenceEqual(plaintext)
            && Envelope.Open(envelope.ToArray(), context, key).AsSpan().SequenceEqual(plaintext)
            && payload == new SealedPayload(Digest.Of(envelope.ToArray()), Envelope.SealedSize(size, 1));
    });

    [Fact]
    public void Cut_altered_or_longer_it_fails_in_memory_and_as_a_stream_alike() => Check(async (size, seed) =>
    {
        using var key = EncryptionKey.Create();
        var (context, random) = (Some.ResultContext(), new Random(seed));
        var envelope = Envelope.Seal(Some.Bytes(size), context, [key.PublicKey]);
        var altered = Alter(envelope, random);

        var inMemory = Assert.Throws<EnvelopeException>(() => Envelope.Open(altered, context, key));
        var streamed = await Assert.ThrowsAsync<EnvelopeException>(
            () => Envelope.OpenAsync(new ChunkedStream(altered, random), Stream.Null, context, key, Token));

        return inMemory.Fault == streamed.Fault;
    });

    private static byte[] Alter(byte[] envelope, Random random)
    {
        var at = random.Next(envelope.Length);
        switch (random.Next(3))
        {
            case 0:
                return envelope[..at];
            case 1:
                return [.. envelope, .. envelope[at..]];
            default:
                envelope[at] ^= (byte)(1 << random.Next(8));
                return envelope;
        }
    }

    private static void Check(Func<int, int, Task<bool>> property) =>
        Prop.ForAll(Sizes, ArbMap.Default.ArbFor<int>(), (size, seed) => property(size, seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
