using Microsoft.AspNetCore.Http;
using Vantage.NodeAgent.Audit.Coordinators;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Api;
using Vantage.Protocol.Audits;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Json;
using Vantage.Tests.Client;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;
using Vantage.Tests.Protocol.Audits;

namespace Vantage.Tests.Hostile;

/// <summary>
/// An audit trail that is no longer what it was, shown to a node that holds a head of twenty entries, and to an auditor who
/// verified as many. The attacker has the key that signs it: what they can't have is what others kept.
/// </summary>
internal static class AuditAttacks
{
    private const int Held = 20;
    private const int Now = 30;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static IReadOnlyList<Attack> All { get; } =
    [
        Node("an audit trail rolled back, as by an old database", "rollback", (_, trail) => trail.Offer(0, Held - 5)),
        new("an audit trail rolled back while work waits", "node", "rollback", RollBackByTheLineAsync),
        Node("an audit trail rolled back and written on", "fork", (_, trail) => Rewritten(trail, from: Held - 5).Offer(Held, Now)),
        Node("an audit trail with one entry altered", "fork", (_, trail) => Rewritten(trail, from: 4, until: 5).Offer(Held, Now)),
        Node("another audit trail of the same length", "fork", (_, trail) => Rewritten(trail, from: 0).Offer(Held, Held)),
        Node("an audit trail that was begun anew", "other-trail", (_, trail) => new Trail(Now, seed: 2, trail.Key).Offer(Held, Now)),
        Node("an audit trail under another key", "other-key", (site, _) => new Trail(Now, seed: 1, site.Attacker.NodeKey).Offer(Held, Now)),
        Node("a head that says more than was signed", "head-signature-invalid", (_, trail) => trail.Offer(Held, Now) switch
        {
            var honest => honest with { Head = honest.Head with { Size = Now + 1 } },
        }),
        Node("no head of the audit trail any more", "rollback", (_, _) => null),
        Auditor("to somebody who verified before: a trail rolled back", "not-what-was-signed", trail => (trail, Held - 5)),
        Auditor("to somebody who verified before: a trail rolled back and written on", "not-what-was-signed", trail => (Rewritten(trail, from: Held - 5), Now)),
        Auditor("to somebody who verified before: a trail with one entry altered, signed anew", "not-what-was-signed", trail => (Rewritten(trail, from: 4, until: 5), Now)),
        Auditor("to somebody who verified before: a trail that was begun anew", "other-trail", trail => (new Trail(Now, seed: 2, trail.Key).Plain(), Now)),
        Auditor("an entry altered under the head that was signed", "entry-altered", trail => (trail, Now), entry => entry.Sequence == 7
            ? entry with { Action = "task.cancel" } : entry),
        Auditor("an entry altered, and its hash with it", "head-mismatch", trail => (trail, Now), entry => entry.Sequence == Now - 1
            ? entry with { Action = "task.cancel", Hash = Shown(new AuditRecord(entry.Sequence, entry.At, entry.Actor, "task.cancel", entry.Subject,
                entry.Collaboration, entry.Organization, null, entry.Salt)).Hash } : entry),
    ];

    /// <summary>The same trail, key and all, but for some entries.</summary>
    private static Trail Rewritten(Trail trail, int from, int until = int.MaxValue)
    {
        var other = new Trail(trail.Entries.Count, seed: 1, trail.Key);
        for (var at = 0; at < other.Entries.Count; at++)
            other.Entries[at] = at >= from && at < until ? trail.Entry(at + 1, "forged") : trail.Entries[at];
        return other.Plain();
    }

    /// <summary>
    /// The node says by which word it does not believe the trail, and has room for nothing new, until the Coordinator
    /// continues the trail that it signed before.
    /// </summary>
    private static Attack Node(string name, string code, Func<HostileSite, Trail, HeadOffer?> lie) => new(name, "node", code, site =>
    {
        var (node, keeper, desk) = (site.Node, site.Node.Get<HeadKeeper>(), site.Node.Get<RunDesk>());
        Hear(site, held => site.Trail.Offer((int)held, Held));
        var (before, room) = (Refusals(node).Count, desk.FreeSlots);

        Hear(site, _ => lie(site, site.Trail));
        var hasRoom = desk.FreeSlots > 0;

        Hear(site, held => site.Trail.Offer((int)held, Held));
        Assert.Equal(room, desk.FreeSlots);
        return Task.FromResult(hasRoom ? "claimed" : Refusals(node).Skip(before).FirstOrDefault()?.Split('(')[1].Split(')')[0]);

        void Hear(HostileSite of, Func<long, HeadOffer?> audit)
        {
            of.Coordinator.State.Audit = audit;
            keeper.Heard(audit(keeper.Held));
        }
    });

    /// <summary>The same by the node's line, with work that waits.</summary>
    private static async Task<string?> RollBackByTheLineAsync(HostileSite site)
    {
        var (node, state) = (site.Node, site.Coordinator.State);
        var before = Refusals(node).Count;
        await ShowAsync(held => site.Trail.Offer((int)held, Math.Max((int)held, Held)), () => node.Get<HeadKeeper>().Held == Held);
        await ShowAsync(_ => site.Trail.Offer(0, Held - 5), () => Refusals(node).Count > before);
        var run = state.Offer(site.Alliance.Ask(Partner.Now));

        await ShowAsync(held => site.Trail.Offer((int)held, Held), () => node.Get<RunDesk>().FreeSlots > 0 || run.Committed.Count > 0);

        await node.EventuallyAsync(() => run.Committed.Count == 1, "the node works again");
        return Refusals(node)[before].Split('(')[1].Split(')')[0];

        async Task ShowAsync(Func<long, HeadOffer?> audit, Func<bool> heard)
        {
            state.Audit = audit;
            await state.Hub.Clients.All.LookAgain();
            await node.EventuallyAsync(heard, "the node hears it");
        }
    }

    private static List<string> Refusals(TestNode node) => [.. node.Log.Where(line => line.Contains("audit trail can't be believed", StringComparison.Ordinal))];

    /// <summary>As <c>vantage audit verify</c> does it: against the head that was found good before.</summary>
    private static Attack Auditor(string name, string code, Func<Trail, (Trail Trail, int Size)> lie, Func<AuditEntry, AuditEntry>? edit = null) =>
        new(name, "client", code, async site =>
        {
            await using var federation = await FakeFederation.StartAsync("South");
            federation.Home.WriteAuditHead(site.Trail.Head(Held));
            var (trail, size) = lie(site.Trail);
            federation.Meddle = context => ShowAsync(context, trail, size, edit ?? (entry => entry));
            var verifier = new TrailVerifier(new TrailExpectation(null, [federation.Home.ReadAuditHead()!]));
            await foreach (var line in federation.Client().Audit.ExportAsync([], Stop))
            {
                if (!verifier.Read(TrailJson.Write(line)))
                    break;
            }

            return verifier.Complete() is TrailVerdict.Broken broken ? broken.Fault.ToExactName() : null;
        });

    private static async Task<bool> ShowAsync(HttpContext context, Trail trail, int size, Func<AuditEntry, AuditEntry> edit)
    {
        switch (context.Request.Path.Value)
        {
            case Routes.Audit + "/trail":
                await context.Response.WriteAsJsonAsync(new AuditTrailView(trail.Key.PublicKey.ToSubjectPublicKeyInfo(), [trail.Head(size)]),
                    ProtocolJson.Default.AuditTrailView);
                return true;
            case Routes.Audit:
                await context.Response.WriteAsJsonAsync(new Page<AuditEntry>([.. trail.Entries.Take(size).Select(Shown).Select(edit)], null),
                    ProtocolJson.Default.PageAuditEntry);
                return true;
            default:
                return false;
        }
    }

    private static AuditEntry Shown(AuditRecord entry) => new(entry.Sequence, entry.At, entry.Actor, entry.Action, entry.Subject,
        entry.Collaboration, entry.Organization, entry.Salt, entry.Hash());
}
