using Vantage.NodeAgent.Runtimes;

namespace Vantage.NodeAgent.Policy;

/// <summary>What the policy says about containers, <c>runtime.docker: allow</c>.</summary>
/// <param name="Demands">What a sandbox must have besides, <c>runtime.require</c>.</param>
internal sealed record DockerConsent(IReadOnlySet<SandboxDemand> Demands);
