using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;

namespace Vantage.Tests.Protocol.Envelopes;

public sealed class EnvelopeContractTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Recipients_are_1_to_256_and_different()
    {
        using var key = EncryptionKey.Create();
        var context = Some.InputContext();

        Assert.Throws<ArgumentException>(() => Envelope.Seal("x"u8, context, []));
        Assert.Throws<ArgumentException>(() => Envelope.Seal("x"u8, context, [key.PublicKey, key.PublicKey]));
        Assert.Throws<ArgumentException>(() => Envelope.Seal("x"u8, context, [.. Enumerable.Range(0, 257).Select(_ => key.PublicKey)]));
    }

    [Fact]
    public void What_a_node_makes_is_bound_to_epoch_and_node_and_an_input_to_neither()
    {
        using var key = EncryptionKey.Create();
        var (input, result) = (Some.InputContext(), Some.ResultContext());

        foreach (var wrong in new[] { input with { Epoch = 1 }, input with { NodeKey = key.KeyId }, result with { Epoch = 0 }, result with { NodeKey = null } })
            Assert.Throws<InvalidOperationException>(() => Envelope.Seal("x"u8, wrong, [key.PublicKey]));
    }

    [Fact]
    public void The_recipients_of_an_envelope_are_seen_by_everyone_in_the_order_of_their_key_ids()
    {
        EncryptionKey[] keys = [.. Enumerable.Range(0, 5).Select(_ => EncryptionKey.Create())];

        var envelope = Envelope.Seal("x"u8, Some.InputContext(), [.. keys.Select(k => k.PublicKey)]);

        Assert.Equal(keys.Select(k => k.KeyId).Order(), Envelope.RecipientsOf(envelope));
    }

    [Fact]
    public async Task Once_it_failed_an_opening_stream_goes_on_failing()
    {
        using var key = EncryptionKey.Create();
        var context = Some.InputContext();
        var envelope = Envelope.Seal(Some.Bytes(100), context, [key.PublicKey]);
        await using var plaintext = await EnvelopeReader.OpenStreamAsync(new MemoryStream(envelope[..^1]), context, key, Token);
        var buffer = new byte[10];

        await Assert.ThrowsAsync<EnvelopeException>(() => plaintext.ReadExactlyAsync(buffer, Token).AsTask());
        await Assert.ThrowsAsync<EnvelopeException>(() => plaintext.ReadExactlyAsync(buffer, Token).AsTask());

        Assert.All(buffer, b => Assert.Equal(0, b));
    }

    [Fact]
    public async Task A_plaintext_that_breaks_off_leaves_no_envelope_that_opens()
    {
        using var key = EncryptionKey.Create();
        var context = Some.InputContext();
        using var envelope = new MemoryStream();

        await Assert.ThrowsAsync<IOException>(
            () => Envelope.SealAsync(new BreakingStream(3_000_000), envelope, context, [key.PublicKey], Token));

        Assert.True(envelope.Length > 1_000_000);
        Assert.Equal(
            EnvelopeFault.Truncated, Assert.Throws<EnvelopeException>(() => Envelope.Open(envelope.ToArray(), context, key)).Fault);
    }

    [Fact]
    public async Task Keys_are_shared_between_threads()
    {
        using var key = EncryptionKey.Create();
        using var signer = SigningKey.Create();
        var context = Some.InputContext();

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), Token, (i, _) =>
        {
            var plaintext = BitConverter.GetBytes(i);
            Assert.Equal(plaintext, Envelope.Open(Envelope.Seal(plaintext, context, [key.PublicKey]), context, key));
            Assert.True(signer.PublicKey.Verify(plaintext, signer.Sign(plaintext)));
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Every fault has a text that says what to do, and a stable code.</summary>
    [Fact]
    public void Every_fault_explains_itself()
    {
        string[] codes =
        [
            "not-an-envelope", "unsupported-version", "unsupported-suite", "malformed-header", "not-a-recipient",
            "key-not-unwrapped", "header-tampered", "body-tampered", "truncated",
        ];

        var faults = Enum.GetValues<EnvelopeFault>().Select(f => new EnvelopeException(f)).ToList();

        Assert.Equal(codes, faults.Select(f => f.Code));
        Assert.All(faults, f => Assert.True(f.Message.Length > 40));
    }

    /// <summary>Zeros until it breaks.</summary>
    private sealed class BreakingStream(int length) : MemoryStream(new byte[length])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw new IOException("The disk is gone.");

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[bufferSize];
            while (await ReadAsync(buffer, cancellationToken) is var read and > 0)
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
