using System.IO.Pipelines;
using Vantage.NodeAgent.Gateway.Stdio;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Runtimes.Docker.Transports;

/// <summary>The Gateway is framed over the container's standard input and output, which the engine carries wherever it is.</summary>
internal sealed class StdioTransport : IGatewayTransport
{
    private const byte StandardOutput = 1;

    public string Kind => GatewayKinds.StdioHttp;

    public ContainerSpec Fit(ContainerSpec spec) => spec with { AttachStdin = true, OpenStdin = true, StdinOnce = true };

    public Task<HttpResponseMessage> AttachAsync(EngineClient engine, string container, CancellationToken cancellationToken) =>
        engine.AttachBothAsync(container, cancellationToken);

    public async Task PumpAsync(Stream streams, RuntimeJob job, CancellationToken cancellationToken)
    {
        var output = new Pipe();
        await using var bridge = new StdioBridge(job.GatewaySocket, streams, job.Said);
        var bridging = bridge.PumpAsync(output.Reader, cancellationToken);
        try
        {
            await OutputFrames.PumpAsync(streams, async (stream, text) =>
            {
                if (stream == StandardOutput)
                {
                    await output.Writer.WriteAsync(text, cancellationToken);
                }
                else
                {
                    job.Said(text);
                }
            }, cancellationToken);
        }
        finally
        {
            await output.Writer.CompleteAsync();
            await bridging;
        }
    }
}
