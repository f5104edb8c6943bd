using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Images;

namespace Vantage.NodeAgent.Checks;

/// <summary>Whom the node believes, and whether its own organization vouches for it.</summary>
internal static class TrustChecks
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public static IEnumerable<CheckLine> Run(NodeHome home, TimeProvider time)
    {
        yield return NodeChecks.Try("root", "Get it from your organization's admin and compare the fingerprint over another channel.", () =>
        {
            var root = OwnRoot.Load(home);
            return CheckLine.Ok("root", $"{root.Name}, fingerprint {Fingerprint.Of(root.KeyId)}");
        });
        yield return Pins(home, time);
        yield return Revocations(home, time);
        yield return NodeChecks.Try("certificate", "Your organization's admin certifies this node: vantage keys certify --node NODE", () =>
            Certificate(home, time));
    }

    private static CheckLine Pins(NodeHome home, TimeProvider time)
    {
        const string Help = "Put the newest pins.jws from your organization's admin there; until then nobody's task is accepted.";
        var board = new PinBoard(home, time, NullLogger<PinBoard>.Instance) { RemembersSerial = false };
        var statement = board.Statement;
        return (statement, board.Problem) switch
        {
            (not null, null) => CheckLine.Ok("pins", $"serial {statement.Serial}: {string.Join(", ", statement.Roots.Select(root => root.Name))}"),
            (_, var problem) => CheckLine.Failed("pins", problem ?? "Nothing is pinned.", Help),
        };
    }

    private static CheckLine Revocations(NodeHome home, TimeProvider time)
    {
        const string Help = "Put the newest revocations.jws from your organization's admin there; until then no image runs.";
        try
        {
            if (new RevocationBoard(home, time) { RemembersSerial = false }.Current()?.Statement is not { } list)
            {
                return CheckLine.Ok("revocations", "none: nothing is revoked");
            }

            return list.NotAfter - time.GetUtcNow() < Soon
                ? CheckLine.Warning("revocations", $"serial {list.Serial} is valid only until {list.NotAfter:u}", Help)
                : CheckLine.Ok("revocations", $"serial {list.Serial}: {list.Images.Count} images, {list.Keys.Count} keys; valid until {list.NotAfter:u}");
        }
        catch (ImageException e)
        {
            return CheckLine.Failed("revocations", e.Message, Help);
        }
    }

    private static CheckLine Certificate(NodeHome home, TimeProvider time)
    {
        var identity = NodeIdentity.Find(home);
        if (identity is null)
        {
            return CheckLine.Skipped("certificate", "The node is not enrolled.");
        }

        var now = time.GetUtcNow();
        if (OwnCertificates.Find(home, identity, NodeKeys.Load(home), now) is not { } self)
        {
            return CheckLine.Warning("certificate", "not here yet", "The node fetches it when it runs, once your admin has run: "
                + $"vantage keys certify --node {identity.Node}");
        }

        var until = self.Chain.Signer.NotAfter;
        return until < now
            ? CheckLine.Failed("certificate", $"expired on {until:u}", $"Have it renewed: vantage keys certify --node {identity.Node}")
            : until - now < Soon
            ? CheckLine.Warning("certificate", $"valid only until {until:u}", $"Have it renewed: vantage keys certify --node {identity.Node}")
            : CheckLine.Ok("certificate", $"issued by the installed root, valid until {until:u}");
    }
}
