using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;
using Vantage.Tests.Protocol.Audits;

namespace Vantage.Tests.Hostile;

/// <summary>
/// A real node that lets everything run which it believes, and a Coordinator that is the attacker's: its state, its answers
/// and its keys. One for all attacks, as a node in the field meets them: one after another, in one life.
/// </summary>
public sealed class HostileSite : IAsyncLifetime
{
    internal Alliance Alliance { get; } = new();

    internal FakeCoordinator Coordinator { get; private set; } = null!;

    internal TestNode Node { get; private set; } = null!;

    /// <summary>The attacker's own organization, with keys for everything and nobody's trust.</summary>
    internal Partner Attacker { get; } = new("Coordinator Inc.");

    /// <summary>What the Coordinator wrote down while it was honest, and signed. The node has kept a head of it.</summary>
    internal Trail Trail { get; } = new Trail(entries: 40, seed: 1).Plain();

    public async ValueTask InitializeAsync()
    {
        Coordinator = await FakeCoordinator.StartAsync(Alliance);
        Coordinator.State.OffersAgain = false;
        Node = await new TestNode(Alliance, Coordinator.Url).StartAsync();
        // What it is handed before it has swept what an earlier life left would be swept too.
        await Node.EventuallyAsync(() => !Coordinator.State.Inventories.IsEmpty, "the node is at work");
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Coordinator.DisposeAsync();
        Trail.Dispose();
    }

    /// <summary>
    /// Hands a run over and returns the code of the refusal; null if anything began. The refusal is signed by the node, unless
    /// what it was handed says so little that there is nothing to sign about: then it stands in the node's log.
    /// </summary>
    internal async Task<string?> HandOverAsync(Vantage.Protocol.Hub.ClaimedRun claim)
    {
        // As the hub would have handed it over; what the node says of it then comes by the line, and finds it there.
        var run = new FakeRun(new Question(Alliance.Ask(Partner.Now).Manifest, claim.Manifest, claim.Input ?? []), claim.ParentManifest)
        {
            State = new RunState(RunPhase.Leased, claim.Epoch, Partner.Now.AddDays(1)),
        };
        Coordinator.State.Runs[claim.Run] = run;
        await Node.Get<RunDesk>().AcceptAsync(new([claim]), TestContext.Current.CancellationToken);
        var unsigned = $"{claim.Run} is refused (";
        string? Logged() => Node.Log.FirstOrDefault(line => line.Contains(unsigned, StringComparison.Ordinal));
        bool GivenUp() => Node.Log.Any(line => line.Contains($"{claim.Run}-{claim.Epoch} is given up: Expired", StringComparison.Ordinal));
        var isReadable = Vantage.NodeAgent.Trust.ManifestGlance.Read(claim.Manifest) is not null;
        await Node.EventuallyAsync(() => run.Attempts.Count > 0 || Node.Executor.Begun.ContainsKey(claim.Run) || GivenUp()
            || (!isReadable && Logged() is not null), "the node answers or begins");
        Coordinator.State.ForgetRun(claim.Run);
        if (Node.Executor.Begun.ContainsKey(claim.Run))
        {
            return null;
        }

        if (run.Attempts.Count == 0)
        {
            return Logged()?.Split(unsigned)[1].Split(')')[0] ?? "expired";
        }

        // Signed by the node itself, so that nobody else can have refused in its name.
        var receipt = Vantage.Protocol.Signatures.Jws.Parse(run.Attempts[0].Receipt);
        Assert.True(receipt.IsSignedBy(Alliance.Hospital.NodeSigning.SigningKey));
        return run.Read(run.Attempts[0]).Code;
    }

    internal Task<string?> HandOverAsync(Question question, string? parent = null) => HandOverAsync(question.Claim(parent: parent));
}
