using System.Text.Json;
using Vantage.NodeAgent.Runs.Working;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Receipts;

namespace Vantage.Tests.Simulation.Nodes;

/// <summary>Copies instead of sealing and writes instead of signing: the order of what is done to the disk is what matters.</summary>
internal sealed class SimSealing(NodeId node) : ISealing
{
    public NodeId Node => node;

    public async Task<SealedPayload> SealAsync(
        Stream plaintext, Stream ciphertext, SealJob job, PayloadKind kind, CancellationToken cancellationToken)
    {
        var copy = new MemoryStream();
        await plaintext.CopyToAsync(copy, cancellationToken);
        var bytes = copy.ToArray();
        await ciphertext.WriteAsync(bytes, cancellationToken);
        return new SealedPayload(Digest.Of(bytes), bytes.Length);
    }

    public string Sign(OuterReceipt receipt) => JsonSerializer.Serialize(receipt, SignedJson.Default.OuterReceipt);

    public static OuterReceipt Read(string receipt) => JsonSerializer.Deserialize(receipt, SignedJson.Default.OuterReceipt)!;
}
