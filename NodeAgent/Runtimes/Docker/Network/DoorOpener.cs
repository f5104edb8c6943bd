using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Sandbox;

namespace Vantage.NodeAgent.Runtimes.Docker.Network;

/// <summary>Whether a run's doors are open.</summary>
internal abstract record DoorsOpened
{
    private DoorsOpened() { }

    /// <param name="Relay">The id of the container whose loopback device the run's own shares; null if it has no doors.</param>
    public sealed record Open(string? Relay) : DoorsOpened;

    public sealed record Refused(string Rule, string Message) : DoorsOpened;
}

/// <summary>
/// Starts what stands behind a run's doors, before the run: when the algorithm begins, every port is listened on. Who
/// removes the run's container removes this one too.
/// </summary>
internal sealed class DoorOpener(EngineClient engine, RelaySupply relays, ContainerMark mark, TimeProvider time)
{
    private const string Ready = "ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<DoorsOpened> OpenAsync(RuntimeJob job, CancellationToken stop)
    {
        if (job.Doors.Count == 0)
        {
            return new DoorsOpened.Open(null);
        }

        if (await relays.GetAsync(stop) is not { } image)
        {
            return new DoorsOpened.Refused("sandbox.network", $"This run calls its node by TCP, and this node lacks the relay for that ({RelayProgram.Path}): "
                + "its admin installs gcc and libc6-dev and builds the node again, or installs a published node, which has it.");
        }

        var spec = RelayPlan.Of(job, image, mark);
        var relay = (await engine.CreateAsync(mark.RelayOf(job), spec, stop)).Id;
        Failpoint.Pass("relay.made");
        var made = await engine.InspectAsync(relay, stop);
        var volumes = await engine.FindVolumesAsync(mark.DoorVolumesOf(job), stop);
        return SandboxProof.Gaps(spec, made, volumes).ToList() is { Count: > 0 } gaps
            ? new DoorsOpened.Refused("sandbox", $"This node's container engine did not make the relay's sandbox as it was asked for: {string.Join(", ", gaps)}.")
            : await StartAsync(relay, stop);
    }

    private async Task<DoorsOpened> StartAsync(string relay, CancellationToken stop)
    {
        using var streams = await engine.AttachAsync(relay, stop);
        await engine.StartAsync(relay, stop);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var clock = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, clock.Token);
        var said = new RelayWords(Ready);
        try
        {
            await using var frames = await streams.Content.ReadAsStreamAsync(either.Token);
            var ended = OutputFrames.PumpAsync(frames, said.Hear, either.Token);
            await Task.WhenAny(said.Heard, ended);
            await either.CancelAsync();
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // Judged by whether it was heard, as when it ended by itself.
        }

        stop.ThrowIfCancellationRequested();
        Failpoint.Pass("relay.started");
        return said.Heard.IsCompletedSuccessfully
            ? new DoorsOpened.Open(relay)
            : throw new EngineException(System.Net.HttpStatusCode.InternalServerError, $"the relay of its doors did not start ({said.Text})");
    }
}
