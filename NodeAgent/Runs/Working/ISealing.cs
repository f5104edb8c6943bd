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

/// <summary>With the keys that the organization certified.</summary>
internal sealed class NodeSealing(SelfHolder holder) : ISealing
{
    public NodeId Node => holder.Self.Node;

    public Task<SealedPayload> SealAsync(
        Stream plaintext, Stream ciphertext, SealJob job, PayloadKind kind, CancellationToken cancellationToken)
    {
        var context = new EnvelopeContext(
            job.Manifest.Collaboration, job.Task, job.Key.Run, kind, job.Key.Epoch, holder.Self.SigningKeyId);
        return Envelope.SealAsync(plaintext, ciphertext, context, job.Recipients, cancellationToken);
    }

    public string Sign(OuterReceipt receipt) => ReceiptVerifier.Sign(receipt, holder.Self.SigningKey, holder.Self.Chain);
}
