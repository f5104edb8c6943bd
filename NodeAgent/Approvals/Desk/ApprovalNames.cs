using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;

namespace Vantage.NodeAgent.Approvals.Desk;

/// <summary>
/// Names for people to read beside the ids that decide: of organizations as the own admin or the charter pins them, of persons as their
/// organization certified them. The requests were verified before they came to wait.
/// </summary>
internal sealed class ApprovalNames(RunFolders folders, TrustBoard trust)
{
    public string? Person(RunEntry entry) =>
        folders.FindClaim(entry.Key, entry.Claim) is { } claim ? Signer(claim) : null;

    public IReadOnlyDictionary<string, string> Organizations(ApprovalCase? asked)
    {
        if (asked is null)
        {
            return new Dictionary<string, string>();
        }

        var ids = asked.Recipients.Select(reader => reader.Organization).Append(asked.Organization).ToHashSet();
        if (asked.DelegateOrganization is { } asker)
        {
            ids.Add(asker);
        }

        var believed = trust.ForReading(asked.Collaboration);
        return new SortedDictionary<string, string>(
            ids.Select(id => believed.RootsOf(id)).Where(roots => roots.Count > 0)
                .ToDictionary(roots => roots[0].Organization.ToString(), roots => roots[0].Name), StringComparer.Ordinal);
    }

    /// <summary>Of a subtask: the person who signed what it descends from.</summary>
    private static string? Signer(ClaimedRun claim)
    {
        try
        {
            return Certificate.Parse(Jws.Parse(claim.ParentManifest ?? claim.Manifest).Header.Certificates[0]).Name;
        }
        catch (Exception e) when (e is SignatureException or CertificateException)
        {
            return null;
        }
    }
}
