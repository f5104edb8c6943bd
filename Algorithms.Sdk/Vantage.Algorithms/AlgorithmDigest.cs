using System.Reflection;
using Vantage.Protocol.Cryptography;

namespace Vantage.Algorithms;

/// <summary>
/// The digest of code that is built into a worker: SHA-256 over the SHA-256 of the algorithm's assembly file followed by
/// the SHA-256 of <c>Vantage.Algorithms.dll</c>, which reads the data for it. 64 bytes go in, in this order:
/// <code>sha256( sha256(Algorithm.dll) || sha256(Vantage.Algorithms.dll) )</code>
/// It says which build of these two runs, not which .NET runtime: that is the node's to vouch for.
/// </summary>
public static class AlgorithmDigest
{
    /// <summary>Reads both files: keep what it answers.</summary>
    /// <exception cref="InvalidOperationException">The code has no file of its own, as in a single-file program.</exception>
    public static Digest Of(Assembly algorithm)
    {
        Span<byte> both = stackalloc byte[2 * Digest.Size];
        OfFile(algorithm).CopyTo(both);
        OfFile(typeof(AlgorithmDigest).Assembly).CopyTo(both[Digest.Size..]);
        return Digest.Of(both);
    }

    private static Digest OfFile(Assembly assembly) =>
        assembly.Location is { Length: > 0 } path
            ? Digest.Of(File.ReadAllBytes(path))
            : throw new InvalidOperationException(
                $"{assembly.GetName().Name} has no file of its own, so its digest can't be told. "
                + "Publish as a folder, not as a single file.");
}
