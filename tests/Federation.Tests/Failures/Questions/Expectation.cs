using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;
using Vantage.TestWorker;

namespace Federation.Tests.Failures.Questions;

/// <summary>What a question's result has to be, bit for bit.</summary>
internal static class Expectation
{
    public static async Task<Digest> OfAsync(Question question, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        await using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            await Blob.WriteAsync(stream, question.Seed, question.Bytes, cancellationToken);
        }

        return Digest.FromHash(hash.Hash);
    }

    public static Task<Digest> OfAsync(Stream result, CancellationToken cancellationToken) => Digest.OfAsync(result, cancellationToken);
}
