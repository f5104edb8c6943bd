using System.Collections.Concurrent;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Runs.Working;

/// <summary>The node's keys at work. The simulator's only counts bytes: it checks what is done with them, not how.</summary>
internal interface ISealing
{
    /// <summary>In whose name.</summary>
    NodeId Node { get; }

    /// <summary>In constant memory; leaves both streams open.</summary>
    Task<SealedPayload> SealAsync(
        Stream plaintext, Stream ciphertext, SealJob job, PayloadKind kind, CancellationToken cancellationToken);

    string Sign(OuterReceipt receipt);
}

/// <summary>
/// With the keys that the organization certified. A run's payloads name the key that signs its receipt, so all of one run is
/// done by one pair of keys, also when they change in between.
/// </summary>
internal sealed class NodeSealing(SelfHolder holder) : ISealing
{
    private readonly ConcurrentDictionary<(RunId Run, long Epoch), NodeSelf> begun = new();

    public NodeId Node => holder.Self.Node;

    public Task<SealedPayload> SealAsync(
        Stream plaintext, Stream ciphertext, SealJob job, PayloadKind kind, CancellationToken cancellationToken)
    {
        var self = begun.GetOrAdd((job.Key.Run, job.Key.Epoch), _ => holder.Self);
        var context = new EnvelopeContext(
            job.Manifest.Collaboration, job.Task, job.Key.Run, kind, job.Key.Epoch, self.SigningKeyId);
        return Envelope.SealAsync(plaintext, ciphertext, context, job.Recipients, cancellationToken);
    }

    public string Sign(OuterReceipt receipt)
    {
        var self = begun.TryRemove((receipt.Run, receipt.Epoch), out var sealedBy) ? sealedBy : holder.Self;
        return ReceiptVerifier.Sign(receipt, self.SigningKey, self.Chain);
    }
}
