using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Runs;

/// <summary>The data owner's own word on a verified request. Says no unless a rule says yes.</summary>
internal interface IPolicyGate
{
    PolicyDecision Decide(RunQuestion question);
}

/// <summary>All that a policy may judge a run by. Everything in it was verified; nothing in it comes from the Coordinator.</summary>
/// <param name="Target">This node's part.</param>
/// <param name="Arguments">The opened input.</param>
internal sealed record RunQuestion(
    TaskManifest Manifest,
    ManifestTarget Target,
    Requester Requester,
    ReadOnlyMemory<byte> Arguments,
    DateTimeOffset Now);
