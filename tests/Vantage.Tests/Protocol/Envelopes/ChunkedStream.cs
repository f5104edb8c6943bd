namespace Vantage.Tests.Protocol.Envelopes;

/// <summary>A network's manners: reads give fewer bytes than asked for.</summary>
internal sealed class ChunkedStream(byte[] content, Random random) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var limit = random.Next(4) == 0 ? random.Next(1, 5) : random.Next(1, 200_000);
        return base.ReadAsync(buffer[..Math.Min(limit, buffer.Length)], cancellationToken);
    }
}
