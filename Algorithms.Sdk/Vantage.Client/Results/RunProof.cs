using Vantage.Protocol.Identities;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.Client.Results;

/// <summary>What a run is known to have been: verified signatures, not the Coordinator's word.</summary>
/// <param name="Manifest">What was asked.</param>
/// <param name="Asker">Who signed that.</param>
/// <param name="Receipt">What the node states it did, and who it is.</param>
public sealed record RunProof(TaskManifest Manifest, CertifiedIdentity Asker, VerifiedReceipt Receipt);
