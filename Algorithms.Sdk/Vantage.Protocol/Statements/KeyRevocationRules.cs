using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Statements;

/// <summary>What a list of revoked keys may say, and which list may follow which.</summary>
internal static class KeyRevocationRules
{
    private const int MostEntries = 10_000;
    private const int LongestReason = 200;

    public static void Require(KeyRevocationStatement list)
    {
        if (list.V != 1 || list.Serial < 1)
            throw Invalid("its version is not 1, or its serial is below 1");
        if (list.NotAfter <= list.IssuedAt || list.NotAfter - list.IssuedAt > KeyRevocations.LongestLife)
            throw Invalid("it holds for no time, or for more than 24 hours");
        if (list.Keys.Count + list.Principals.Count > MostEntries)
            throw Invalid($"it has more than {MostEntries} entries");
        if (list.Keys.DistinctBy(k => k.Key).Count() != list.Keys.Count
            || list.Principals.DistinctBy(p => p.Principal).Count() != list.Principals.Count)
        {
            throw Invalid("it lists a key, a person or a node twice");
        }

        if (!list.Principals.All(p => Principal.TryParse(p.Principal, out var who) && who is Principal.User or Principal.Node))
            throw Invalid("a principal is not a person's or node's id");
        if (list.Keys.Select(k => k.Reason).Concat(list.Principals.Select(p => p.Reason)).Any(r => r.Length is 0 or > LongestReason))
            throw Invalid($"a reason has not 1 to {LongestReason} characters");
    }

    /// <summary>
    /// Serials only grow, and one serial is one list. A signer whose key was stolen could have used up the numbers: what the
    /// root signs against that key stands whatever its number, and nothing by that key is heard after it.
    /// </summary>
    public static void RequireSuccessor(KeyRevocations before, KeyRevocations list)
    {
        var (old, now) = (before.Statement, list.Statement);
        if (before.ReasonAgainst(list.Signer.KeyId, DateTimeOffset.MaxValue) is { } reason)
            throw new SignatureException(SignatureFault.WrongSigner, $"The signer of the list of revoked keys was revoked itself: {reason}.");
        var overrules = list.Signer.Purpose == CertificatePurpose.Root && before.Signer.Purpose != CertificatePurpose.Root
            && list.ReasonAgainst(before.Signer.KeyId, DateTimeOffset.MaxValue) is not null;
        if (overrules || now.Serial > old.Serial || (now.Serial == old.Serial && list.Jws == before.Jws))
            return;
        throw new SignatureException(SignatureFault.Superseded, now.Serial == old.Serial
            ? $"Two different lists of revoked keys of {now.Issuer} have the serial {now.Serial}. Somebody holds its signer's key who should not, "
                + "or two admins signed at once: ask them."
            : $"The list of revoked keys of {now.Issuer} has serial {now.Serial}, but {old.Serial} was seen before.");
    }

    private static SignatureException Invalid(string why) =>
        new(SignatureFault.ContentInvalid, $"The list of revoked keys is not well formed: {why}.");
}
