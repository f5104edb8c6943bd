using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Streaming;

namespace Vantage.Tests.Protocol.Envelopes;

public sealed class EnvelopeTests
{
    private const int First = StreamingAead.SegmentSize - StreamingAead.HeaderSize - StreamingAead.TagSize;
    private const int Next = StreamingAead.SegmentSize - StreamingAead.TagSize;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> SizesAroundSegmentBorders =>
        [0, 1, 15, 16, 17, 16_384, First - 1, First, First + 1, First + Next - 1, First + Next, First + Next + 1, First + (2 * Next)];

    [Theory]
    [MemberData(nameof(SizesAroundSegmentBorders))]
    public async Task Sealed_in_memory_or_as_a_stream_it_opens_in_memory_and_as_a_stream(int size)
    {
        using var key = EncryptionKey.Create();
        using var other = EncryptionKey.Create();
        var context = Some.ResultContext();
        var plaintext = Some.Bytes(size);

        var inMemory = Envelope.Seal(plaintext, context, [key.PublicKey, other.PublicKey]);
        using var streamed = new MemoryStream();
        var payload = await Envelope.SealAsync(
            new MemoryStream(plaintext), streamed, context, [key.PublicKey, other.PublicKey], Token);

        Assert.Equal(Envelope.SealedSize(size, 2), inMemory.Length);
        Assert.Equal(new SealedPayload(Digest.Of(streamed.ToArray()), inMemory.Length), payload);
        foreach (var envelope in new[] { inMemory, streamed.ToArray() })
        {
            Assert.Equal(plaintext, Envelope.Open(envelope, context, key));
            using var opened = new MemoryStream();
            await Envelope.OpenAsync(new MemoryStream(envelope), opened, context, other, Token);
            Assert.Equal(plaintext, opened.ToArray());
        }
    }
}
