using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Statements;

/// <summary>A verified revocation statement.</summary>
public sealed class Revocations
{
    private static readonly OwnStatement<RevocationStatement> Own = new(
        "revocation list", RevocationStatement.JwsType, SignedJson.Default.RevocationStatement, Require);

    private readonly Dictionary<Digest, string> images;
    private readonly Dictionary<KeyId, string> keys;

    private Revocations(RevocationStatement statement)
    {
        Statement = statement;
        images = statement.Images.ToDictionary(i => i.Digest, i => i.Reason);
        keys = statement.Keys.ToDictionary(k => k.Key, k => k.Reason);
    }

    public RevocationStatement Statement { get; }

    public static string Sign(RevocationStatement statement, SigningKey rootKey, Certificate root) =>
        Own.Sign(statement, rootKey, root);

    /// <summary>
    /// Throws <see cref="TrustException"/> unless the statement is signed by the organization's own root and is not older than
    /// one seen before. Whether it has expired is asked each time it is used: <see cref="HoldsAt"/>.
    /// </summary>
    /// <param name="jws">The signed statement.</param>
    /// <param name="ownRoot">The root of the organization that this node belongs to.</param>
    /// <param name="at">The instant at which the root has to be valid.</param>
    /// <param name="lastSeenSerial">The greatest serial seen so far; 0 for the first time.</param>
    public static Revocations Verify(string jws, Certificate ownRoot, DateTimeOffset at, long lastSeenSerial = 0) =>
        new(Own.Verify(jws, ownRoot, at, lastSeenSerial));

    public bool HoldsAt(DateTimeOffset at) => at < Statement.NotAfter;

    /// <summary>Why an image is not run any more; null if nothing is held against it.</summary>
    public string? ReasonAgainst(Digest image) => images.GetValueOrDefault(image);

    /// <summary>Why a publisher's key counts no more; null if nothing is held against it.</summary>
    public string? ReasonAgainst(KeyId key) => keys.GetValueOrDefault(key);

    private static void Require(RevocationStatement statement)
    {
        if (statement.NotAfter <= statement.IssuedAt)
            throw Own.Invalid("it ends before it begins");
        if (statement.Images.DistinctBy(i => i.Digest).Count() != statement.Images.Count
            || statement.Keys.DistinctBy(k => k.Key).Count() != statement.Keys.Count)
        {
            throw Own.Invalid("it lists an image or a key twice");
        }
    }
}
