using System.Collections.Concurrent;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Statements;

/// <summary>
/// The newest list of revoked keys of each organization that ever published one, a file each. What lies here is the memory by
/// which an older list is refused, so a file that is damaged is an organization of which nothing is known any more.
/// </summary>
public sealed class RevocationFolder(string folder)
{
    private readonly ConcurrentDictionary<OrganizationId, Kept> kept = new();
    private readonly Lock gate = new();

    /// <summary>Of which organizations there is one.</summary>
    public IReadOnlyList<OrganizationId> Organizations => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.jws").Select(Path.GetFileNameWithoutExtension)
            .Where(name => Id.TryParse<OrganizationId>(name, out _)).Select(name => Id.Parse<OrganizationId>(name!))]
        : [];

    /// <summary>Null if the organization never published one. Throws <see cref="TrustException"/> for one that can't be read.</summary>
    public KeyRevocations? Find(OrganizationId organization, ITrust roots)
    {
        var file = new FileInfo(PathOf(organization));
        if (!file.Exists)
            return null;
        var stamp = (file.LastWriteTimeUtc, file.Length);
        if (kept.TryGetValue(organization, out var known) && known.Stamp == stamp && IsPinned(known.List, roots))
            return known.List;
        var list = Read(file.FullName, roots);
        kept[organization] = new Kept(list, stamp);
        return list;
    }

    /// <summary>
    /// Keeps a list that is newer than the one here. Throws <see cref="TrustException"/> for one that is older or not well
    /// signed; false if it is the one that is here already.
    /// </summary>
    public bool Take(string jws, ITrust roots, DateTimeOffset at)
    {
        var issuer = SignedDocument.ReadUnverified(jws, SignedJson.Default.KeyRevocationStatement).Issuer;
        lock (gate)
        {
            var (before, lost) = Before(issuer, roots);
            if (before?.Jws == jws)
                return false;
            var list = KeyRevocations.Verify(jws, roots, at, before);
            if (lost && !list.HoldsAt(at))
            {
                throw new SignatureException(SignatureFault.Superseded,
                    $"The list of revoked keys of {issuer} expired on {list.Statement.NotAfter:u}, and the one that was here can't be read.");
            }

            KeyFile.Save(PathOf(issuer), jws + "\n");
            return true;
        }
    }

    /// <summary>
    /// A list that can't be read, or is by a root that is pinned no longer, is no reason to refuse all that follow; but what
    /// follows a list that was lost has to be fresh.
    /// </summary>
    private (KeyRevocations? List, bool Lost) Before(OrganizationId issuer, ITrust roots)
    {
        try
        {
            return (Find(issuer, roots), false);
        }
        catch (TrustException)
        {
            return (null, true);
        }
    }

    /// <summary>The signer's certificate may have run out since; the list has then expired, too, and says so.</summary>
    private static KeyRevocations Read(string path, ITrust roots)
    {
        var jws = File.ReadAllText(path).Trim();
        var issued = SignedDocument.ReadUnverified(jws, SignedJson.Default.KeyRevocationStatement).IssuedAt;
        return KeyRevocations.Verify(jws, roots, issued);
    }

    /// <summary>A root that is pinned no longer, or another one, vouches for nothing any more.</summary>
    private static bool IsPinned(KeyRevocations list, ITrust roots) =>
        roots.RootsOf(list.Statement.Issuer).Any(root => root.Certificate.Hash == list.Signer.Root.Certificate.Hash);

    private string PathOf(OrganizationId organization) => Path.Combine(folder, $"{organization}.jws");

    private sealed record Kept(KeyRevocations List, (DateTime Written, long Length) Stamp);
}
