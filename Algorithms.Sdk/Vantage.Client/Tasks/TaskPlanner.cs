using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Tasks;

/// <summary>
/// Chooses the nodes. What the Coordinator says of them is a proposal: a key is sealed to only if a pinned root of the
/// node's organization certified it for encryption and for this very node. An organization that fails this is never
/// silently left out, since leaving it out is exactly what an attacker may want.
/// </summary>
internal static class TaskPlanner
{
    public static TaskPlan Plan(TargetChoice choice, Collaboration collaboration, Study? study, ITrust trust,
        DateTimeOffset now)
    {
        var targets = new List<PlannedTarget>();
        var notAsked = new List<SiteNotAsked>();
        var chosen = Choose(choice, collaboration, study);
        foreach (var member in chosen)
        {
            var nodes = Nodes(choice, member);
            if (nodes.Count > 0)
            {
                targets.Add(Target(choice, member, nodes, trust, now));
            }
            else if (choice.Organizations is null && choice.Nodes is null)
            {
                notAsked.Add(new SiteNotAsked(member.Organization, member.Name, "it has no certified node"));
            }
            else if (choice.Nodes is null)
            {
                throw NoTargets($"{member.Name} has no certified node that could be asked.");
            }
        }

        // Under retry a second node of an organization is its alternate.
        var asked = targets.SelectMany(t => t.Alternates.Prepend(t.Node)).Select(n => n.Id);
        if (choice.Nodes?.Except(asked).ToList() is { Count: > 0 } missing)
        {
            throw NoTargets(
                $"Node {missing[0]} is not a certified node of the organizations that are asked, or not the only one "
                + "asked there.");
        }

        return targets.Count > 0
            ? new TaskPlan(targets, notAsked, collaboration.Devices ?? [])
            : throw NoTargets($"No organization of '{collaboration.Name}' has a certified node yet.");
    }

    private static List<Member> Choose(TargetChoice choice, Collaboration collaboration, Study? study)
    {
        var members = collaboration.Members.Where(m =>
            study is null || study.Organizations.Contains(m.Organization)).ToList();
        if (choice.Organizations is not { } wanted)
        {
            return members;
        }

        return wanted.Distinct().Select(id => members.Find(m => m.Organization == id)
            ?? throw NoTargets(
            $"{id} is not a member of {(study is null ? $"'{collaboration.Name}'" : $"the study '{study.Name}'")}."))
            .ToList();
    }

    /// <summary>
    /// The best first: asked for by name, then online, then by id, so that equal requests go to equal nodes.
    /// </summary>
    private static List<MemberNode> Nodes(TargetChoice choice, Member member) => member.Nodes
        .Where(n => n.SigningCertificate is not null && n.EncryptionCertificate is not null
            && (choice.Nodes is null || choice.Nodes.Contains(n.Id)))
        .OrderByDescending(n => n.Online).ThenBy(n => n.Id.ToString(), StringComparer.Ordinal).ToList();

    private static PlannedTarget Target(TargetChoice choice, Member member, List<MemberNode> nodes, ITrust trust,
        DateTimeOffset now)
    {
        var spare = choice.LostNode == LostNodePolicy.Retry ? nodes.Skip(1) : [];
        var planned = new PlannedNode(nodes[0].Id, KeyOf(nodes[0], member, trust, now),
            nodes[0].SigningCertificate);
        return new PlannedTarget(member.Organization, SiteOf(member, trust), planned,
            spare.Select(n => new PlannedNode(n.Id, KeyOf(n, member, trust, now))).ToList());
    }

    private static EncryptionPublicKey KeyOf(MemberNode node, Member member, ITrust trust, DateTimeOffset now)
    {
        if (trust.RootsOf(member.Organization).Count == 0)
        {
            throw new VantageException(ClientErrorCodes.RootNotPinned,
                $"'{member.Name}' ({member.Organization}) is not pinned by your organization: nothing was sent.",
                "Your admin compares fingerprints with theirs (vantage keys pin) and gives you the new pins.jws "
                + "(vantage keys install). To ask the others only, name them with --organization.");
        }

        var certified = Failures.Translate(() => Certificates.Verify(node.EncryptionCertificate!, trust, now)
            .For(CertificatePurpose.Encryption));
        return certified.Organization == member.Organization && certified.Principal == new Principal.Node(node.Id)
            ? certified.Certificate.EncryptionKey
            : throw new VantageException(ClientErrorCodes.CertificateUntrusted,
                $"What the Coordinator gives as the key of node '{node.Name}' of {member.Name} belongs to "
                + $"{certified.Identity}.",
                "Nothing was sent. Tell your Coordinator's admin and the partner: somebody may be swapping keys.");
    }

    /// <summary>The name that the own organization pinned, not the one that the Coordinator tells.</summary>
    internal static string SiteOf(Member member, ITrust trust) =>
        trust.RootsOf(member.Organization) is [var root, ..] ? root.Name : member.Name;

    private static VantageException NoTargets(string what) => new(ClientErrorCodes.NoTargets, what,
        "See who could be asked: vantage collaboration show.");
}
