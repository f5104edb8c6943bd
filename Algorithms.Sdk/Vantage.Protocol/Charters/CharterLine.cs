using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Charters;

/// <summary>
/// The versions of one charter, from the first, each following from the one before by the rules that all share:
/// <list type="bullet">
/// <item>Every organization that joins, the founders included, agrees by its own root; one that changes its root, by both.</item>
/// <item>Otherwise a version holds when as many members of the version before agreed as that version asks for, before it
/// ended.</item>
/// <item>There is one version of each serial. An older one, a second one of the same serial, or one that leaves a serial
/// out is refused.</item>
/// </list>
/// Immutable and pure: what follows is a new line. Who hands the versions over does not matter.
/// </summary>
public sealed class CharterLine
{
    private CharterLine(IReadOnlyList<CharterVersion> versions) => Versions = versions;

    public IReadOnlyList<CharterVersion> Versions { get; }

    /// <summary>The newest.</summary>
    public CharterVersion Head => Versions[^1];

    /// <summary>Throws <see cref="TrustException"/> unless it is a first version that all its members agreed to.</summary>
    public static CharterLine Found(SignedCharter first, DateTimeOffset now)
    {
        var text = CharterText.Read(first.Text);
        return text.Content.Serial == 1
            ? new CharterLine([Judge(text, first, line: null, now)])
            : throw new CharterException(CharterFault.CharterGap,
                $"The charter begins with version {text.Content.Serial}: all versions from the first are needed.");
    }

    /// <summary>
    /// Throws <see cref="TrustException"/> unless this is the next version. The newest one once more changes nothing, with
    /// whatever consents it comes.
    /// </summary>
    public CharterLine Follow(SignedCharter next, DateTimeOffset now)
    {
        var text = CharterText.Read(next.Text);
        if (text.Digest == Head.Text.Digest)
            return this;
        RequireNext(text);
        return new CharterLine([.. Versions, Judge(text, next, this, now)]);
    }

    /// <summary>All of them in their order. Throws <see cref="TrustException"/>.</summary>
    public static CharterLine Replay(IReadOnlyList<SignedCharter> versions, DateTimeOffset now)
    {
        if (versions.Count == 0)
            throw new CharterException(CharterFault.CharterInvalid, "There is no version of the charter.");
        return versions.Skip(1).Aggregate(Found(versions[0], now), (line, next) => line.Follow(next, now));
    }

    /// <summary>
    /// What somebody follows after having been handed these versions: all of them, or <see cref="TrustException"/>. A charter
    /// is taken up only where the own organization is a member by the root that its admin installed, and another one only
    /// once the one before has ended.
    /// </summary>
    /// <param name="known">What is followed so far, if anything.</param>
    /// <param name="versions">In their order.</param>
    /// <param name="collaboration">Whose charter it has to be.</param>
    /// <param name="ownRoot">Of the organization that this node or person belongs to.</param>
    /// <param name="now">The own clock.</param>
    public static CharterLine? Take(CharterLine? known, IReadOnlyList<SignedCharter> versions, CollaborationId collaboration,
        Certificate ownRoot, DateTimeOffset now)
    {
        var line = versions.Aggregate(known, (line, version) =>
            line is null || (line.Head.Content.End <= now && line.IsAnother(version)) ? Found(version, now) : line.Follow(version, now));
        if (line is null || line.Head.Content.Id == known?.Head.Content.Id)
            return line;
        if (line.Head.Content.Collaboration != collaboration)
        {
            throw new CharterException(CharterFault.CharterForeign,
                $"This is a charter of {line.Head.Content.Collaboration}, and it came as one of {collaboration}.");
        }

        line.RequireMember(ownRoot);
        return line;
    }

    /// <summary>The newest version, if it holds at the instant and the organization is a member by this very root.</summary>
    public CharterVersion? InForceAt(DateTimeOffset at, Certificate ownRoot) =>
        Head.HoldsAt(at) && HasMember(ownRoot) ? Head : null;

    /// <summary>
    /// Throws <see cref="CharterException"/> unless the organization is a member by this very root. That it agreed to
    /// become one is part of what makes a line.
    /// </summary>
    public void RequireMember(Certificate ownRoot)
    {
        if (!HasMember(ownRoot))
        {
            throw new CharterException(CharterFault.CharterWithoutUs,
                $"{ownRoot.Name} ({ownRoot.Identity.Organization}) is not a member of version {Head.Content.Serial} of the charter by the "
                + $"root with fingerprint {Fingerprint.Of(ownRoot.KeyId)}.");
        }
    }

    /// <summary>Whose consent to a next version may count: its members, and all that there were before.</summary>
    public ITrust Known(CharterText next) =>
        new PinnedRoots(next.Roots.Concat(FormerRoots().Values).DistinctBy(root => root.Certificate.Hash));

    /// <summary>Everybody who was a member of a version that held at some time in between: for evidence from then.</summary>
    public ITrust HistoryOf(DateTimeOffset from, DateTimeOffset to) => new PinnedRoots(Versions
        .Where(v => v.Content.Start <= to && from < v.Content.End)
        .SelectMany(v => v.Text.Roots).DistinctBy(root => root.Certificate.Hash).Reverse());

    private bool HasMember(Certificate root) => Head.Text.Roots.Any(member => member.Certificate.Hash == root.Hash);

    /// <summary>A charter that ended may be followed by a new one, to which everybody agreed anew.</summary>
    private bool IsAnother(SignedCharter version) =>
        CharterText.Read(version.Text).Content is { Serial: 1 } first && first.Id != Head.Content.Id;

    private void RequireNext(CharterText text)
    {
        var (next, head) = (text.Content, Head.Content);
        if (next.Id != head.Id || next.Collaboration != head.Collaboration)
        {
            throw new CharterException(CharterFault.CharterForeign,
                $"This is the charter {next.Id} of {next.Collaboration}, and it is about {head.Id} of {head.Collaboration}.");
        }

        if (next.Serial < head.Serial && Versions.Any(v => v.Text.Digest == text.Digest))
        {
            throw new CharterException(CharterFault.CharterRolledBack,
                $"Version {next.Serial} of the charter is older than version {head.Serial}, which was accepted before.");
        }

        if (next.Serial <= head.Serial || (next.Serial == head.Serial + 1 && next.Previous != Head.Text.Digest))
        {
            throw new CharterException(CharterFault.CharterForked,
                $"This version {next.Serial} of the charter does not follow from version {head.Serial} as it was accepted here: there are "
                + "two of one serial. Nothing was changed. Ask the members who signed both.");
        }

        if (next.Serial > head.Serial + 1)
        {
            throw new CharterException(CharterFault.CharterGap,
                $"Version {next.Serial} of the charter comes after version {head.Serial}, and the ones between are missing.");
        }
    }

    /// <summary>By which root each organization was known last, also those that left.</summary>
    private Dictionary<OrganizationId, PinnedRoot> FormerRoots()
    {
        var roots = new Dictionary<OrganizationId, PinnedRoot>();
        foreach (var root in Versions.SelectMany(v => v.Text.Roots))
            roots[root.Organization] = root;
        return roots;
    }

    private static CharterVersion Judge(CharterText text, SignedCharter signed, CharterLine? line, DateTimeOffset now)
    {
        var known = line?.Known(text) ?? new PinnedRoots(text.Roots);
        var consents = signed.Consents.Take(2 * CharterRules.MaxMembers)
            .Select(jws => CharterConsent.Verify(jws, text, known, now)).ToList();
        var signers = consents.Select(consent => consent.Signer).ToHashSet();
        RequireEntrants(text, line, signers);
        if (line?.Head is { } before)
            RequireQuorum(text, before, [.. consents.Where(c => c.At < before.Content.End).Select(c => c.Signer)]);
        return new CharterVersion(text, signed, signers);
    }

    private static void RequireEntrants(CharterText text, CharterLine? line, HashSet<CharterSigner> signers)
    {
        var former = line?.FormerRoots() ?? [];
        var stayed = line?.Head.Text.Roots.Select(root => root.Certificate.Hash).ToHashSet() ?? [];
        foreach (var root in text.Roots.Where(root => !stayed.Contains(root.Certificate.Hash)))
        {
            var known = former.GetValueOrDefault(root.Organization) ?? root;
            if (!signers.Contains(new(root.Organization, root.Certificate.Hash)) || !signers.Contains(new(root.Organization, known.Certificate.Hash)))
            {
                throw new CharterException(CharterFault.CharterJoinsUnasked,
                    $"{root.Name} ({root.Organization}) would join version {text.Content.Serial} of the charter, or change its root there, without "
                    + "having agreed by its own root. Its admin runs: vantage charter join");
            }
        }
    }

    private static void RequireQuorum(CharterText text, CharterVersion before, HashSet<CharterSigner> inTime)
    {
        var agreed = before.Text.Roots.Count(root => inTime.Contains(new(root.Organization, root.Certificate.Hash)));
        if (agreed < before.Content.Threshold)
        {
            throw new CharterException(CharterFault.CharterTooFewConsents,
                $"Version {text.Content.Serial} of the charter has the consent of {agreed} members of version {before.Content.Serial}, "
                + $"which asks for {before.Content.Threshold} before it ends on {before.Content.End:u}.");
        }
    }
}
