using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker.Transports;

/// <summary>How code in a container speaks to its run's Gateway; its words come out the same way in both.</summary>
internal interface IGatewayTransport
{
    /// <summary>As run.json calls it: one of <see cref="Protocol.Algorithms.GatewayKinds"/>.</summary>
    string Kind { get; }

    /// <summary>What the container needs for it besides.</summary>
    ContainerSpec Fit(ContainerSpec spec);

    /// <summary>Asked before it is started, so that nothing can be missed.</summary>
    Task<HttpResponseMessage> AttachAsync(EngineClient engine, string container, CancellationToken cancellationToken);

    /// <summary>Until its streams end.</summary>
    Task PumpAsync(Stream streams, RuntimeJob job, CancellationToken cancellationToken);
}
