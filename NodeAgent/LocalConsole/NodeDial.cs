using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Identities;

namespace Vantage.NodeAgent.LocalConsole;

/// <summary>Turns the node's mode, and says how it is.</summary>
internal sealed class NodeDial(
    RunDesk desk, RunFloor floor, LinkHealth link, PinBoard pins, NodeDial.Self self)
{
    /// <summary>Who the node is, known before it is certified.</summary>
    internal sealed record Self(NodeIdentity Identity, NodeKeys Keys, SelfHolder Holder);

    public ControlReply Turn(ControlVerb verb)
    {
        var message = verb switch
        {
            ControlVerb.Pause => Set(NodeMode.Paused, "Paused: the node claims nothing and works on with what it has, also after a restart."),
            ControlVerb.Resume => Set(NodeMode.Active, "Active: the node claims and works."),
            ControlVerb.Drain => Drain(),
            _ => "",
        };
        return new ControlReply(message, Status());
    }

    private string Set(NodeMode mode, string done)
    {
        floor.IsDraining = false;
        return desk.Record(new JournalRecord.ModeSet(mode)) ? done : "The disk did not take it; see the node's log.";
    }

    private string Drain()
    {
        floor.IsDraining = true;
        desk.Changed();
        return "Draining: the node claims nothing, finishes and delivers what it has, then stops.";
    }

    private NodeStatus Status()
    {
        var state = link.State;
        return new NodeStatus(
            self.Identity.Node,
            self.Identity.Name,
            self.Identity.Organization,
            self.Holder.SelfIfKnown is { } now ? Fingerprint.Of(now.SigningKeyId, now.EncryptionKeyId)
                : Fingerprint.Of(self.Keys.Signing.KeyId, self.Keys.Encryption.KeyId),
            self.Holder.SelfIfKnown is not null,
            desk.Mode,
            state.Transport is not null,
            state.Transport is { } transport ? $"linked by {transport}" : state.Fault?.Message ?? "connecting",
            state.Since,
            pins.Statement is { } statement
                ? $"serial {statement.Serial}, {statement.Roots.Count} roots{(pins.Problem is { } problem ? $"; {problem}" : "")}"
                : pins.Problem ?? "none",
            desk.Trouble,
            [.. desk.TakeInventory().Runs.Select(r => new RunStatus(r.Run, r.Epoch, r.Phase, r.Progress, r.Waiting))]);
    }
}
