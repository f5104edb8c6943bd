using Vantage.NodeAgent.Runs.Working;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Receipts;

namespace Vantage.Benchmarks.Containers;

/// <summary>A node's real sealing, with keys of an organization that lasts as long as the bench.</summary>
internal sealed class BenchSealing : ISealing
{
    private readonly SigningKey key = SigningKey.Create();
    private readonly CertificateChain chain;

    public BenchSealing(OrganizationId organization)
    {
        var (root, start) = (SigningKey.Create(), TimeProvider.System.GetUtcNow().AddDays(-1));
        var own = Certificates.CreateRoot(organization, "Bench", root, start, start.AddYears(10));
        chain = CertificateChain.Of(Certificates.Certify(
            KeyRequest.Create(key), Identity.Of(organization, Node, CertificatePurpose.Signing), "bench", own, root, start, start.AddYears(1)), own);
    }

    public NodeId Node { get; } = NodeId.New(TimeProvider.System);

    public Task<SealedPayload> SealAsync(Stream plaintext, Stream ciphertext, SealJob job, PayloadKind kind, CancellationToken cancellationToken) =>
        Envelope.SealAsync(plaintext, ciphertext,
            new EnvelopeContext(job.Manifest.Collaboration, job.Task, job.Key.Run, kind, job.Key.Epoch, key.KeyId), job.Recipients, cancellationToken);

    public string Sign(OuterReceipt receipt) => ReceiptVerifier.Sign(receipt, key, chain);
}
