using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Network;
using Vantage.NodeAgent.Runtimes.Docker.Sandbox;
using Vantage.NodeAgent.Runtimes.Docker.Transports;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>
/// Runs verified images in containers of their own, by the Engine API. Whatever the engine or the host can't do as it has
/// to be done is a refusal or a sentence for the admin, and nothing is started.
/// </summary>
internal sealed partial class DockerRuntime(
    EngineClient engine, ImageSupply images, DoorOpener doors, ContainerMark mark, TimeProvider time, ILogger<DockerRuntime> logger, HandOver? handOver = null)
    : IRuntime, IDisposable
{
    private static readonly TimeSpan RemovalPatience = TimeSpan.FromSeconds(20);

    private readonly HandOver handOver = handOver ?? HandOver.Here;
    private readonly ContainerSweep sweep = new(engine, mark);

    public string Name => "docker";

    public string? SeenAt => SandboxPlan.Shown;

    public string GatewayKind => handOver.Transport.Kind;

    public bool Runs(RuntimeCode code) => code is RuntimeCode.Image;

    public async Task<RuntimeEnd> RunAsync(RuntimeJob job, CancellationToken stop)
    {
        try
        {
            return await PrepareAsync(job, (RuntimeCode.Image)job.Code, stop);
        }
        catch (EngineException e)
        {
            LogTrouble(e, job.Name);
            return new RuntimeEnd.NotStarted(e.IsUnreachable ? e.Message : $"The container engine at {engine.Socket} refused to run the image: {e.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new RuntimeEnd.Stopped(new Dictionary<string, string>());
        }
    }

    public async Task SweepAsync(string workRoot, CancellationToken cancellationToken)
    {
        var left = LeftSocket.Sweep(workRoot);
        try
        {
            await sweep.EnsureAsync(cancellationToken);
        }
        catch (EngineException e)
        {
            // It is swept before the first container instead; a node that runs none need not have an engine.
            if (left > 0)
            {
                LogUnswept(left, e.Message);
            }
        }
    }

    public void Dispose() => sweep.Dispose();

    private async Task<RuntimeEnd> PrepareAsync(RuntimeJob job, RuntimeCode.Image image, CancellationToken stop)
    {
        await sweep.EnsureAsync(stop);
        var host = await engine.InfoAsync(stop);
        if (HostMeans.Refusal(host, job) is { } refusal)
        {
            return refusal;
        }

        if (job.Doors.Count > 0 && handOver.Staging.Copies)
        {
            return new RuntimeEnd.Refused("sandbox.network", $"This run calls its node by TCP, and the container engine at {engine.Socket} sees none of the"
                + " node's sockets: it needs an engine on the node's own machine ('docker.staging: bind').");
        }

        if (job.Guest is not null && handOver.Staging.Copies)
        {
            return new RuntimeEnd.Refused("sandbox.filesystem", $"An image made for vantage6 writes its output to a file of this node, and the container engine at {engine.Socket}"
                + " sees none of the node's files: it needs an engine on the node's own machine ('docker.staging: bind').");
        }

        return await images.GetAsync(image, job.Waiting, stop) switch
        {
            ImageSupplied.Ready { Id: var id } => await MakeAsync(job, id, host, stop),
            ImageSupplied.Refused no => new RuntimeEnd.Refused(no.Rule, no.Message),
            ImageSupplied.Unavailable no => new RuntimeEnd.NotStarted(no.Message),
            var other => throw new InvalidOperationException($"No step for {other}."),
        };
    }

    private async Task<RuntimeEnd> MakeAsync(RuntimeJob job, string image, EngineInfo host, CancellationToken stop)
    {
        var things = mark.ThingsOf(job, handOver.Staging.Copies);
        if (!sweep.TryTake(things.Name))
        {
            return new RuntimeEnd.NotStarted($"{job.Name} is being run already.");
        }

        var isMine = true;
        try
        {
            LeftSocket.Mark(job);
            return await doors.OpenAsync(job, stop) switch
            {
                DoorsOpened.Open { Relay: var relay } => await ProveAsync(job, await PlanAsync(job, image, relay, stop), host, stop),
                DoorsOpened.Refused no => new RuntimeEnd.Refused(no.Rule, no.Message),
                var other => throw new InvalidOperationException($"No step for {other}."),
            };
        }
        catch (EngineException e) when (e.Status == System.Net.HttpStatusCode.Conflict)
        {
            // A container of this name that this process has not made: whose it is will be seen before the next run.
            isMine = false;
            throw;
        }
        catch (EngineException e) when (e.IsUnreachable)
        {
            sweep.Doubt();
            throw;
        }
        finally
        {
            await sweep.EndAsync(things, isMine, RemovalPatience);
            Failpoint.Pass("container.removed");
        }
    }

    /// <summary>An image of another contract knows no Gateway; its streams are its words and nothing else.</summary>
    private IGatewayTransport TransportOf(RuntimeJob job) => job.Guest is null ? handOver.Transport : HandOver.Here.Transport;

    private async Task<ContainerSpec> PlanAsync(RuntimeJob job, string image, string? relay, CancellationToken stop) =>
        TransportOf(job).Fit(SandboxPlan.Of(job, image, mark, relay, await handOver.Staging.PlaceAsync(job, image, stop)));

    private async Task<RuntimeEnd> ProveAsync(RuntimeJob job, ContainerSpec spec, EngineInfo host, CancellationToken stop)
    {
        var name = mark.NameOf(job);
        await engine.CreateAsync(name, spec, stop);
        Failpoint.Pass("container.made");
        var (looking, volumes) = (engine.InspectAsync(name, stop), engine.FindVolumesAsync([name], stop));
        await Task.WhenAll(looking, volumes);
        var made = await looking;
        var gaps = SandboxProof.Gaps(spec, made, await volumes).ToList();
        if (gaps.Count > 0)
        {
            return new RuntimeEnd.Refused("sandbox", $"This node's container engine did not make the sandbox that was asked for: {string.Join(", ", gaps)}.");
        }

        var enforced = SandboxProof.Enforced(job, made, host, handOver.Staging.Told);
        var run = new ContainerRun(engine, TransportOf(job), job, name, time);
        job.Started(enforced);
        try
        {
            return await run.GoAsync(enforced, stop);
        }
        catch (Exception e) when (run.Started && e is EngineException { IsUnreachable: true } or TimeoutException)
        {
            LogTrouble(e, job.Name);
            return new RuntimeEnd.Lost(e.Message, enforced);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The container engine failed on {Run}")]
    private partial void LogTrouble(Exception e, string run);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} containers of an earlier life may still be there and can't be removed yet: {Why}")]
    private partial void LogUnswept(int count, string why);
}
