using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Warm;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>A worker for one call, and what the call is told of its data.</summary>
internal sealed record WarmWork(WarmLease Lease, PreparedData Data);

/// <summary>A program that stands ready, seen by its runtime: one long run.</summary>
/// <param name="Name">As its marks carry it.</param>
/// <param name="Left">It is killed then, whatever it does.</param>
internal sealed record WarmLife(string Name, TimeSpan Left, TimeProvider Time);

/// <summary>
/// Finds the worker that may do a call, or starts one. Snapshots are taken once for each worker; that they still are what
/// the sources hold, and what the rule allows, is settled for each call.
/// </summary>
internal sealed class WarmStart(
    DataPreparation preparation, KnownContents contents, RuntimeChoice runtimes, WarmPool pool, AnalysisSettings settings)
{
    /// <summary>Among those of runs, so that it is swept like them.</summary>
    public string FolderOf(string name) => pool.FolderOf(name);

    public void EndJob(RunOrder central) => pool.EndJob(central.Manifest.Job);

    /// <summary>Null if there is no room.</summary>
    public async Task<Step<WarmWork>?> TakeAsync(
        RunOrder order, RunPermit permit, TimeSpan limit, IRunProgress progress, CancellationToken stop)
    {
        var runtime = runtimes.For(permit.Code);
        var memory = order.Manifest.Resources.MemoryMiB;
        if (Held(order) is { } held && pool.Find(WarmKeys.Of(order, permit, held, runtime.Name), memory, limit) is { } ready)
        {
            return With(ready, await preparation.PrepareAsync(order, permit, ready.Worker!.Snapshots));
        }

        var folder = AnalysisFolder.Of(pool.FolderOf(Name(order)), runtime);
        folder.Create();
        WarmLease? lease = null;
        var isNew = false;
        try
        {
            var taken = await SnapshotAsync(order, permit, folder, stop);
            if (taken is not Step<PreparedData>.Next { Value: var data })
            {
                return new Step<WarmWork>.End(((Step<PreparedData>.End)taken).How);
            }

            var found = data.Snapshots.ToDictionary(table => table.Key, table => table.Value.Content, StringComparer.Ordinal);
            lease = pool.Take(WarmKeys.Of(order, permit, found, runtime.Name), memory, limit);
            if (lease is { Worker: null })
            {
                await StartAsync(order, permit, data, folder, lease, runtime, progress, stop);
                isNew = true;
            }

            return lease is null ? null : new Step<WarmWork>.Next(new WarmWork(lease, data));
        }
        catch
        {
            lease?.Dispose();
            throw;
        }
        finally
        {
            if (!isNew)
            {
                Directory.Delete(folder.Root, recursive: true);
            }
        }
    }

    /// <summary>Of the run that has it started.</summary>
    private static string Name(RunOrder order) => $"warm-{order.Run}-{order.Epoch}";

    private static Step<WarmWork> With(WarmLease lease, Step<PreparedData> data)
    {
        if (data is Step<PreparedData>.Next { Value: var fit })
        {
            return new Step<WarmWork>.Next(new WarmWork(lease, fit));
        }

        lease.Dispose();
        return new Step<WarmWork>.End(((Step<PreparedData>.End)data).How);
    }

    /// <summary>What the sources hold, if that is known without reading them.</summary>
    private Dictionary<string, Digest>? Held(RunOrder order)
    {
        var known = new Dictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var data in order.Manifest.Data)
        {
            if (contents.Find(data.Id) is not { } content)
            {
                return null;
            }

            known[data.Label] = content;
        }

        return known;
    }

    private async Task<Step<PreparedData>> SnapshotAsync(RunOrder order, RunPermit permit, AnalysisFolder folder, CancellationToken stop)
    {
        var before = order.Manifest.Data.Select(data => data.Id).Distinct().ToDictionary(id => id, contents.StampOf, StringComparer.Ordinal);
        var prepared = await preparation.PrepareAsync(order, permit, folder.Data, stop);
        if (prepared is Step<PreparedData>.Next { Value: var taken })
        {
            foreach (var data in order.Manifest.Data)
            {
                contents.Note(data.Id, before[data.Id], taken.Snapshots[data.Label].Content);
            }
        }

        return prepared;
    }

    private async Task StartAsync(
        RunOrder order, RunPermit permit, PreparedData data, AnalysisFolder folder, WarmLease lease, IRuntime runtime,
        IRunProgress progress, CancellationToken stop) =>
        lease.Begin(await LaunchAsync(order, permit, data, folder, new WarmLife(Name(order), lease.Left, lease.Time), runtime, progress, stop));

    /// <summary>Starts a program that waits for calls. Its folder goes with it.</summary>
    public async Task<WarmWorker> LaunchAsync(
        RunOrder order, RunPermit permit, PreparedData data, AnalysisFolder folder, WarmLife life, IRuntime runtime,
        IRunProgress progress, CancellationToken stop)
    {
        var line = new CallLine();
        var socket = folder.Listen();
        RunGateway? gateway = null;
        try
        {
            gateway = await RunGateway.StartAsync(socket, line, stop);
            await folder.WriteAsync(RunFile(order, permit, data, folder, socket), stop);
            folder.Open();
        }
        catch
        {
            await (gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
            socket.Dispose();
            throw;
        }

        var worker = new WarmWorker(new(folder.Root, socket, gateway, line, data.Snapshots), life.Time);
        worker.Start(runtime, Job(order, permit, folder, socket, line, life, progress));
        return worker;
    }

    private static RuntimeJob Job(
        RunOrder order, RunPermit permit, AnalysisFolder folder, RunSocket socket, CallLine line, WarmLife life, IRunProgress progress)
    {
        var ask = order.Manifest.Resources;
        return new RuntimeJob(permit.Code, life.Name, folder.Root, folder.Shown, folder.RunFile, socket.Folder,
            new RuntimeLimits(ask.Cpu, ask.MemoryMiB, ask.DiskMiB, life.Left) { Accelerators = ask.Accelerators }, said => line.Current?.Log.Append(said.Span))
        {
            Demands = permit.Demands,
            GatewaySocket = socket.Path,
            // Of the run that had it started; to a run that is over it means nothing any more.
            Waiting = reason => Wait(progress, line, reason),
        };
    }

    private static void Wait(IRunProgress progress, CallLine line, WaitingReason reason)
    {
        if (!line.IsTaken)
        {
            progress.Waiting(reason);
        }
    }

    /// <summary>Names no run: which one it is about comes with each call.</summary>
    private RunFile RunFile(RunOrder order, RunPermit permit, PreparedData data, AnalysisFolder folder, RunSocket socket) => new()
    {
        V = Protocol.Algorithms.RunFile.CurrentVersion,
        Algorithm = order.Manifest.Algorithm.Text,
        Warm = true,
        Site = settings.Site,
        Data = [.. data.Files.Select(file => file with { Path = folder.Seen(file.Path) })],
        Gateway = folder.AddressOf(socket),
        Disclosure = permit.Told,
        Limits = new()
        {
            OutputBytes = (long)permit.Rule.Limits.OutputMiB << 20,
            LogBytes = settings.LogBytes,
            MemoryBytes = (long)order.Manifest.Resources.MemoryMiB << 20,
        },
    };
}
