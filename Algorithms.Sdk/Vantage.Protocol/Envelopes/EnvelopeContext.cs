using System.Text;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Envelopes;

/// <summary>
/// Where an envelope belongs. Both sides must name the same context or it does not open, so that no ciphertext can be passed
/// off for another run, direction, epoch or node.
/// </summary>
/// <param name="Collaboration">The collaboration of the task.</param>
/// <param name="Task">The task.</param>
/// <param name="Run">The run: an input is sealed for one run, a result comes from one.</param>
/// <param name="Kind">What the envelope holds.</param>
/// <param name="Epoch">The epoch of the run, from 1, for what a node makes; 0 for an input.</param>
/// <param name="NodeKey">The signing key of the node that makes it; null for an input.</param>
public sealed record EnvelopeContext(
    CollaborationId Collaboration, TaskId Task, RunId Run, PayloadKind Kind, long Epoch = 0, KeyId? NodeKey = null)
{
    /// <summary>The bytes that are HPKE's info and the stream's associated data. Their form is in docs/protocol.md.</summary>
    public byte[] ToBytes()
    {
        var lines = $"vantage-envelope-v1\ncollaboration={Collaboration}\ntask={Task}\nrun={Run}\nkind={KindName}\n";
        return (Kind, Epoch, NodeKey) switch
        {
            (PayloadKind.Input, 0, null) => Encoding.UTF8.GetBytes(lines),
            (not PayloadKind.Input, >= 1, { } node) => Encoding.UTF8.GetBytes($"{lines}epoch={Epoch}\nnode={node}\n"),
            (PayloadKind.Input, _, _) => throw new InvalidOperationException("An input has neither epoch nor node key in its context."),
            _ => throw new InvalidOperationException(
                $"A context of kind {KindName} needs the epoch (1 or more) and the node's signing key."),
        };
    }

    private string KindName => Kind.ToExactName();
}
