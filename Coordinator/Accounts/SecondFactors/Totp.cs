using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Vantage.Coordinator.Accounts.SecondFactors;

/// <summary>
/// Time-based one-time passwords (RFC 6238 over RFC 4226): HMAC-SHA-1, six digits, thirty seconds, which is what every
/// authenticator app does. One step either way is taken, for clocks and slow fingers, and none twice. Identity's own
/// provider reads the system's clock, takes two steps either way, and takes a code again (see the decision record).
/// </summary>
internal static class Totp
{
    public const int SecretLength = 20;
    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const int Skew = 1;

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The step whose code this is, if it is one of now and later than the last that was taken.</summary>
    public static long? Find(byte[] secret, string code, DateTimeOffset now, long after)
    {
        var typed = new string([.. code.Where(c => c != ' ')]);
        if (typed.Length != Digits || !typed.All(char.IsAsciiDigit))
            return null;
        long? found = null;
        // All of them, whichever fits: how long it takes says nothing.
        for (var step = StepAt(now) - Skew; step <= StepAt(now) + Skew; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Ascii(Code(secret, step, Digits)), Ascii(typed)) && step > after)
                found ??= step;
        }

        return found;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "RFC 6238 as every authenticator app speaks it. HMAC-SHA-1 is not touched by SHA-1's collisions.")]
    internal static string Code(byte[] secret, long step, int digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, mac);
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 15)..]) & 0x7fff_ffff;
        return (number % (uint)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
