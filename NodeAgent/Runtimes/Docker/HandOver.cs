using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Staging;
using Vantage.NodeAgent.Runtimes.Docker.Transports;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>How a run's inputs and its Gateway reach its container.</summary>
internal sealed record HandOver(IStaging Staging, IGatewayTransport Transport)
{
    /// <summary>Node and engine share a file system.</summary>
    public static HandOver Here { get; } = new(new BindStaging(), new SocketTransport());

    /// <summary>They share nothing but a connection.</summary>
    public static HandOver Apart(EngineClient engine, ContainerMark mark) => new(new VolumeStaging(engine, mark), new StdioTransport());

    public static HandOver Of(DockerSettings settings, EngineClient engine, ContainerMark mark) => new(
        settings.CopiesInputs ? new VolumeStaging(engine, mark) : new BindStaging(),
        settings.FramesGateway ? new StdioTransport() : new SocketTransport());
}
