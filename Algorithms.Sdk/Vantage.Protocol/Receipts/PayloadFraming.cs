using System.Buffers.Binary;
using System.Text.Json;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Receipts;

/// <summary>
/// The plaintext of results and errors: the inner receipt's length (4 bytes, big-endian), its JSON, then the body.
/// </summary>
public static class PayloadFraming
{
    /// <summary>Longer inner receipts are refused.</summary>
    public const int MaxInnerSize = 1024 * 1024;
    private const int LengthSize = 4;

    /// <summary>The bytes of an inner receipt, as its digest in the outer receipt covers them.</summary>
    public static byte[] ToBytes(InnerReceipt inner) => JsonSerializer.SerializeToUtf8Bytes(inner, SignedJson.Default.InnerReceipt);

    /// <summary>For what is in memory.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> inner, ReadOnlySpan<byte> body)
    {
        var framed = new byte[LengthSize + inner.Length + body.Length];
        WriteLength(framed, inner.Length);
        inner.CopyTo(framed.AsSpan(LengthSize));
        body.CopyTo(framed.AsSpan(LengthSize + inner.Length));
        return framed;
    }

    /// <summary>A stream that reads the frame, then the body.</summary>
    public static Stream Frame(ReadOnlySpan<byte> inner, Stream body) => new FramedStream(Frame(inner, []), body);

    /// <summary>Takes a plaintext apart. Throws <see cref="ReceiptException"/> if it is not framed so.</summary>
    public static (ReadOnlyMemory<byte> Inner, ReadOnlyMemory<byte> Body) Read(ReadOnlyMemory<byte> plaintext)
    {
        if (plaintext.Length < LengthSize)
            throw Malformed();
        var length = ReadLength(plaintext.Span);
        var rest = plaintext[LengthSize..];
        return length <= rest.Length ? (rest[..length], rest[length..]) : throw Malformed();
    }

    /// <summary>Reads the inner receipt's bytes; what is left in the stream is the body.</summary>
    public static async Task<byte[]> ReadInnerAsync(Stream plaintext, CancellationToken cancellationToken)
    {
        try
        {
            var prefix = new byte[LengthSize];
            await plaintext.ReadExactlyAsync(prefix, cancellationToken);
            var inner = new byte[ReadLength(prefix)];
            await plaintext.ReadExactlyAsync(inner, cancellationToken);
            return inner;
        }
        catch (EndOfStreamException e)
        {
            throw Malformed(e);
        }
    }

    private static void WriteLength(Span<byte> target, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxInnerSize);
        BinaryPrimitives.WriteInt32BigEndian(target, length);
    }

    private static int ReadLength(ReadOnlySpan<byte> prefix) =>
        BinaryPrimitives.ReadUInt32BigEndian(prefix) is var length and <= MaxInnerSize ? (int)length : throw Malformed();

    private static ReceiptException Malformed(Exception? inner = null) => new(
        ReceiptFault.InnerMismatch, "The plaintext does not begin with an inner receipt and its length.", inner);
}
