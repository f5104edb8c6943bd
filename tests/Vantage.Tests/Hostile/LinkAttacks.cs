using Microsoft.AspNetCore.SignalR;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Errors;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Runs;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Hostile;

/// <summary>What can be said over the node's line, and given to it as its own certificates.</summary>
internal static class LinkAttacks
{
    /// <summary>Not an error to anybody: the node goes on as if nothing had been said.</summary>
    public const string Ignored = "ignored";

    public static IReadOnlyList<Attack> All { get; } =
    [
        new("a finished run, to be run once more", "node", "first-receipt", ReplayAsync),
        new("a run under an epoch that is over", "node", Ignored, StaleAsync),
        new("certificates that its own root gave this node", "node", "untrusted", s => CertificatesAsync(s, s.Attacker)),
        new("certificates of another node of the organization", "node", "untrusted", s => CertificatesAsync(s, s.Alliance.Hospital, Partner.Start.AddYears(1))),
        new("a hub method that the protocol does not have", "node", Ignored, s => SayAsync(s, hub => hub.Clients.All.SendCoreAsync("RunShell", ["id"]))),
        new("a hub method with arguments of another shape", "node", Ignored, s => SayAsync(s, hub => hub.Clients.All.SendCoreAsync("StopWork", [42, "now"]))),
        new("a flood of hints", "node", Ignored, FloodAsync),
    ];

    private static async Task<string?> ReplayAsync(HostileSite site)
    {
        var run = await RunTests.OfferAsync(site.Coordinator, site.Node, site.Alliance.Ask(Partner.Now));
        await site.Node.EventuallyAsync(() => site.Node.Book[run.Question.Run]?.Stage == RunStage.Acknowledged, "the commit is acknowledged");
        site.Coordinator.State.OfferAgain(run.Question.Run);
        await site.Node.EventuallyAsync(() => run.Attempts.Count == 2, "it is delivered again");
        return site.Node.Executor.Begun[run.Question.Run] == 1 && run.Attempts[0].Receipt == run.Attempts[1].Receipt ? "first-receipt" : null;
    }

    private static async Task<string?> StaleAsync(HostileSite site)
    {
        var question = site.Alliance.Ask(Partner.Now);
        var run = await RunTests.OfferAsync(site.Coordinator, site.Node, question);
        await site.Node.Get<RunDesk>().AcceptAsync(new([question.Claim(epoch: 1)]), TestContext.Current.CancellationToken);
        return run.Attempts.Count == 1 && site.Node.Executor.Begun[question.Run] == 1 ? Ignored : null;
    }

    private static Task<string?> CertificatesAsync(HostileSite site, Partner issuer, DateTimeOffset? until = null)
    {
        var other = new Partner("Another", site.Alliance.Hospital.Id);
        var (signing, encryption) = until is null ? (other.NodeSigning, other.NodeEncryption)
            : (issuer.Certify(other.NodeKey, other.NodeSigning.Identity, until), issuer.Certify(other.NodeEncryptionKey, other.NodeEncryption.Identity, until));
        try
        {
            var hospital = site.Alliance.Hospital;
            OwnCertificates.Accept(site.Node.Home, new NodeIdentity(hospital.Node, hospital.Id, "mary-1"),
                new NodeKeys(hospital.NodeKey, hospital.NodeEncryptionKey), signing.Der.ToArray(), encryption.Der.ToArray(), Partner.Now);
            return Task.FromResult<string?>(null);
        }
        catch (CommandFailure e)
        {
            return Task.FromResult<string?>(e.ExitCode == ExitCodes.Untrusted ? "untrusted" : e.Message);
        }
    }

    /// <summary>The node still works afterwards, over the line that it had.</summary>
    private static async Task<string?> SayAsync(HostileSite site, Func<IHubContext<FakeHub>, Task> say)
    {
        var signIns = site.Coordinator.State.SignIns;
        await say(site.Coordinator.State.AnyHub);
        var run = await RunTests.OfferAsync(site.Coordinator, site.Node, site.Alliance.Ask(Partner.Now));
        return run.Committed.Count == 1 && site.Coordinator.State.SignIns == signIns ? Ignored : null;
    }

    private static async Task<string?> FloodAsync(HostileSite site)
    {
        var before = site.Coordinator.State.Inventories.Count;
        for (var i = 0; i < 2000; i++)
        {
            await site.Coordinator.State.Hub.Clients.All.LookAgain();
            await site.Coordinator.State.Hub.Clients.All.WorkAvailable();
        }

        var answer = await SayAsync(site, _ => Task.CompletedTask);
        return site.Coordinator.State.Inventories.Count - before < 100 ? answer : null;
    }
}
