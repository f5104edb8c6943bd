using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Runtimes.Docker.Transports;

/// <summary>The Gateway's socket lies among the files that the run is shown.</summary>
internal sealed class SocketTransport : IGatewayTransport
{
    public string Kind => GatewayKinds.UnixHttp;

    public ContainerSpec Fit(ContainerSpec spec) => spec;

    public Task<HttpResponseMessage> AttachAsync(EngineClient engine, string container, CancellationToken cancellationToken) =>
        engine.AttachAsync(container, cancellationToken);

    public Task PumpAsync(Stream streams, RuntimeJob job, CancellationToken cancellationToken) =>
        OutputFrames.PumpAsync(streams, job.Said, cancellationToken);
}
