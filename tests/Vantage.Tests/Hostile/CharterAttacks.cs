using Vantage.NodeAgent.Trust.Charters;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Tests.Protocol;
using Vantage.Tests.Protocol.Charters;

namespace Vantage.Tests.Hostile;

/// <summary>
/// Charters that were not agreed on, or no longer hold, offered to a node that follows version 2 of one: the hospital, the
/// university and a third; two of them sign a next version.
/// </summary>
internal static class CharterAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        Offer("the charter's first version in place of the newest", "charter-rolled-back", (s, c) => [c.First]),
        Offer("a second version of a serial, signed by everybody", "charter-forked", (s, c) => [Club.Sign(c.Second.Content with { Purpose = "Another" }, c.Members)]),
        Offer("a version that follows from another one than was followed", "charter-forked", (s, c) =>
            [Club.Sign(Next(c) with { Previous = c.First.Digest() }, c.Members)]),
        Offer("a version that leaves one out", "charter-gap", (s, c) => [Club.Sign(Next(c) with { Serial = 4 }, c.Members)]),
        Offer("its own root as a member, signed by itself alone", "charter-too-few-consents", (s, c) =>
            [Club.Sign(Next(c, [.. c.Members, s.Attacker]), s.Attacker)]),
        Offer("a member that never agreed to join", "charter-joins-unasked", (s, c) =>
            [Club.Sign(Next(c, [.. c.Members, s.Attacker]), c.Members)]),
        Offer("its own root under a member's id", "charter-joins-unasked", (s, c) =>
            [Club.Sign(Next(c, [c.Members[0], new Partner("University North", c.Members[1].Id), c.Members[2]]), c.Members[0], c.Members[2])]),
        Offer("consents to another version, under this one", "charter-consent-foreign", (s, c) =>
            [new(CharterText.Write(Next(c)).Text, Club.Sign(Next(c) with { Purpose = "Another" }, c.Members).Consents)]),
        Offer("one member's consent twice, in place of two", "charter-too-few-consents", (s, c) => [Club.Sign(Next(c), c.Members[1], c.Members[1])]),
        Offer("consents of its own people beside the members'", "organization-not-pinned", (s, c) => [Club.Sign(Next(c), [.. c.Members, s.Attacker])]),
        Offer("a charter of another collaboration", "charter-foreign", (s, c) =>
            [Club.Sign(Next(c) with { Collaboration = CollaborationId.New(TimeProvider.System) }, c.Members)]),
        Offer("another charter while the first still holds", "charter-foreign", (s, c) =>
            [Club.Sign(c.First.Content() with { Id = CharterId.New(TimeProvider.System) }, c.Members)]),
        Offer("a charter with a year more, its consents as they were", "charter-consent-foreign", (s, c) =>
            [new(CharterText.Write(Next(c) with { End = c.Second.Content.End.AddYears(1) }).Text, Club.Sign(Next(c), c.Members).Consents)]),
        Offer("a charter that is no charter", "charter-invalid", (s, c) => [new("{\"v\":1}", [])]),
        new("a charter that this organization never signed, to a node that follows none", "node", "charter-without-us", WithoutUs),
        new("a charter that names this organization without its word, to a node that follows none", "node", "charter-joins-unasked", Unasked),
        new("a task of an organization that was left out of the newest version", "node", RunCodes.OutsideCharter, LeftOutAsync),
    ];

    private static Charter Next(Case of, params Partner[] members) => Club.After(of.Second, members is [] ? of.Members : members) with { Threshold = 2 };

    private static Attack Offer(string name, string code, Func<HostileSite, Case, SignedCharter[]> versions) => new(name, "node", code, site =>
    {
        var given = Case.Of(site);
        var board = Followed(site, given);
        return Task.FromResult(CodeOf(() => board.Offer(given.Second.Content.Collaboration, versions(site, given))));
    });

    private static CharterBoard Followed(HostileSite site, Case given)
    {
        var board = site.Node.Get<CharterBoard>();
        Assert.True(board.Offer(given.Second.Content.Collaboration, [given.First, Club.Sign(given.Second, Partner.Now, given.Members)]));
        return board;
    }

    private static Task<string?> WithoutUs(HostileSite site)
    {
        var others = Case.Of(site, new Partner("A"), new Partner("B"));
        return Task.FromResult(CodeOf(() => site.Node.Get<CharterBoard>().Offer(others.Second.Content.Collaboration, [others.First])));
    }

    private static Task<string?> Unasked(HostileSite site)
    {
        var named = Case.Of(site);
        return Task.FromResult(CodeOf(() => site.Node.Get<CharterBoard>().Offer(named.Second.Content.Collaboration,
            [Club.Sign(named.First.Content(), named.Members.Skip(1))])));
    }

    /// <summary>The university is pinned by hand too: leaving a charter counts all the same.</summary>
    private static async Task<string?> LeftOutAsync(HostileSite site)
    {
        var given = Case.Of(site);
        var left = Club.Sign(Club.After(given.Second, given.Members[0], given.Members[2]) with { Threshold = 2 }, given.Members[0], given.Members[2]);
        Followed(site, given).Offer(given.Second.Content.Collaboration, [left]);
        return await site.HandOverAsync(site.Alliance.Ask(Partner.Now, m => m with { Collaboration = given.Second.Content.Collaboration }));
    }

    private static string? CodeOf(Action offer)
    {
        try
        {
            offer();
            return null;
        }
        catch (TrustException e)
        {
            return e.Code;
        }
    }

    /// <summary>A charter of a collaboration of its own, so that attacks do not meet each other's.</summary>
    private sealed record Case(SignedCharter First, CharterText Second, IReadOnlyList<Partner> Members)
    {
        public static Case Of(HostileSite site, params Partner[] members)
        {
            members = members is [] ? [site.Alliance.Hospital, site.Alliance.University, new Partner("Third")] : members;
            var first = CharterText.Write(new Club(0).First(2, members));
            return new(Club.Sign(first, Partner.Now, members), CharterText.Write(Club.After(first, members) with { Threshold = 2 }), members);
        }
    }

    private static Charter Content(this SignedCharter charter) => CharterText.Read(charter.Text).Content;

    private static Vantage.Protocol.Cryptography.Digest Digest(this SignedCharter charter) => CharterText.Read(charter.Text).Digest;
}
