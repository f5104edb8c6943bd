using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Vantage.Protocol.Signatures;

/// <summary>base64url with one spelling: no padding, no white space, unused bits zero.</summary>
public static class ExactBase64Url
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (!Base64Url.IsValid(text, out var length))
            return false;
        var decoded = new byte[length];
        if (!Base64Url.TryDecodeFromChars(text, decoded, out var written) || written != length || !IsExact(text, decoded))
            return false;
        bytes = decoded;
        return true;
    }

    /// <summary>Only what would be written again is accepted.</summary>
    private static bool IsExact(ReadOnlySpan<char> text, byte[] decoded) =>
        text.SequenceEqual(Base64Url.EncodeToString(decoded));
}
