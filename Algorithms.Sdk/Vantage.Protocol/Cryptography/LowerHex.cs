using System.Buffers;

namespace Vantage.Protocol.Cryptography;

/// <summary>Hexadecimal with one spelling: an upper-case digit is refused, so that one value has one text.</summary>
internal static class LowerHex
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == 2 * bytes.Length
        && !text.ContainsAnyExcept(Digits)
        && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done;
}
