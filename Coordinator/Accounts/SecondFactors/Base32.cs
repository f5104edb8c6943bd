using System.Diagnostics.CodeAnalysis;

namespace Vantage.Coordinator.Accounts.SecondFactors;

/// <summary>RFC 4648 base 32 without padding, which is how authenticator apps take a secret, and what people can type.</summary>
internal static class Base32
{
    private const string Symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[(bytes.Length * 8 + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < i * 5 + 5; bit++)
                value = (value << 1) | (bit < bytes.Length * 8 ? (bytes[bit / 8] >> (7 - bit % 8)) & 1 : 0);
            text[i] = Symbols[value];
        }

        return new string(text);
    }

    /// <summary>Case, dashes and spaces don't matter; anything else that is not a symbol does.</summary>
    public static bool TryDecode(string text, int length, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length > 4 * length)
            return false;
        var symbols = text.ToUpperInvariant().Where(c => c is not ('-' or ' ')).Select(c => Symbols.IndexOf(c, StringComparison.Ordinal)).ToArray();
        if (symbols.Length != (length * 8 + 4) / 5 || symbols.Contains(-1))
            return false;
        bytes = new byte[length];
        for (var bit = 0; bit < length * 8; bit++)
            bytes[bit / 8] |= (byte)(((symbols[bit / 5] >> (4 - bit % 5)) & 1) << (7 - bit % 8));
        return true;
    }
}
