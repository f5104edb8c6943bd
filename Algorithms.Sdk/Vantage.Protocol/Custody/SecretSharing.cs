using System.Security.Cryptography;

namespace Vantage.Protocol.Custody;

/// <summary>
/// Shamir's secret sharing over GF(256), byte by byte: any <c>threshold</c> shares give the secret, fewer say nothing about it.
/// Behind this seam alone, so that another implementation can take its place.
/// </summary>
public static class SecretSharing
{
    public const int MostShares = 255;

    /// <param name="secret">What is shared.</param>
    /// <param name="threshold">How many shares give it back: 2 or more.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="random">The coefficients.</param>
    public static IReadOnlyList<SecretShare> Split(ReadOnlySpan<byte> secret, int threshold, int count, RandomNumberGenerator random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostShares);
        var length = secret.Length;
        var shares = Enumerable.Range(1, count).Select(x => new SecretShare((byte)x, new byte[length])).ToList();
        // Uniform, the highest as well: a polynomial that may not be of lower degree would say something about its value at 0.
        var coefficients = new byte[threshold - 1];
        for (var i = 0; i < length; i++)
        {
            random.GetBytes(coefficients);
            foreach (var share in shares)
            {
                byte y = 0;
                for (var c = coefficients.Length - 1; c >= 0; c--)
                    y = Gf256.Multiply((byte)(y ^ coefficients[c]), share.X);
                share.Y[i] = (byte)(y ^ secret[i]);
            }
        }

        CryptographicOperations.ZeroMemory(coefficients);
        return shares;
    }

    /// <summary>
    /// The value at 0 of the polynomial through these points: the secret, if there are enough of them and all are right. Whether
    /// they are can't be seen from them; check what comes of it.
    /// </summary>
    public static byte[] Combine(IReadOnlyList<SecretShare> shares)
    {
        if (shares.Count == 0 || shares.Any(s => s.X == 0 || s.Y.Length != shares[0].Y.Length)
            || shares.DistinctBy(s => s.X).Count() != shares.Count)
        {
            throw new ArgumentException("Shares have different places, none of them 0, and are equally long.", nameof(shares));
        }

        var secret = new byte[shares[0].Y.Length];
        foreach (var share in shares)
        {
            byte weight = 1;
            foreach (var other in shares.Where(s => s.X != share.X))
                weight = Gf256.Multiply(weight, Gf256.Multiply(other.X, Gf256.Invert((byte)(other.X ^ share.X))));
            for (var i = 0; i < secret.Length; i++)
                secret[i] ^= Gf256.Multiply(share.Y[i], weight);
        }

        return secret;
    }
}

/// <param name="X">Its place, 1 to 255; not secret.</param>
/// <param name="Y">As long as the secret.</param>
public sealed record SecretShare(byte X, byte[] Y);
