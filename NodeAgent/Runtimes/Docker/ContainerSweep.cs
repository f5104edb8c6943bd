using System.Collections.Concurrent;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>
/// Removes what an earlier life of this node left in the engine, or this one could not remove. By this node's own label
/// and name, both: other nodes on the same engine, and all else there, are not looked at.
/// </summary>
internal sealed class ContainerSweep(EngineClient engine, ContainerMark mark) : IDisposable
{
    private readonly ConcurrentDictionary<string, byte> live = new();
    private readonly SemaphoreSlim one = new(1);
    private volatile bool isClean;

    /// <summary>From now on this name is somebody's run, and no sweep touches it.</summary>
    public bool TryTake(string name) => live.TryAdd(name, 0);

    /// <summary>The engine may yet make what nobody found when it was removed: it is looked for before the next run.</summary>
    public void Doubt() => isClean = false;

    /// <summary>Removes what was made of a run. What can't be removed now is removed before the next run.</summary>
    /// <param name="things">Of a run whose name was taken.</param>
    /// <param name="isMade">False if what bears the name was not made by this life: then it is left to the next sweep.</param>
    /// <param name="patience">With an engine that does not answer.</param>
    public async Task EndAsync(RunThings things, bool isMade, TimeSpan patience)
    {
        using var giveUp = new CancellationTokenSource(patience);
        try
        {
            if (isMade)
            {
                await RemoveAsync(things.Containers, things.Volumes, giveUp.Token);
            }
            else
            {
                Doubt();
            }
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            Doubt();
        }
        finally
        {
            live.TryRemove(things.Name, out _);
        }
    }

    /// <summary>Nothing new is started beside something old.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (isClean)
        {
            return;
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            if (!isClean)
            {
                isClean = true;
                await SweepAsync(cancellationToken);
            }
        }
        catch
        {
            isClean = false;
            throw;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var containers = (await engine.ListAsync(ContainerMark.NodeLabel, mark.Node, cancellationToken))
            .Select(container => (container.Names ?? []).Select(name => name.TrimStart('/')).FirstOrDefault(IsLeftover))
            .OfType<string>();
        // Also those whose container is gone already.
        var volumes = (await engine.ListVolumesAsync(ContainerMark.NodeLabel, mark.Node, cancellationToken))
            .Select(volume => volume.Name)
            .Where(IsLeftover);
        // Whoever shares a relay's network goes before the relay.
        await RemoveAsync([.. containers.OrderBy(ContainerMark.IsRelay)], [.. volumes], cancellationToken);
    }

    private bool IsLeftover(string name) => mark.IsMine(name) && !live.Keys.Any(mine => name == mine || ContainerMark.IsPartOf(name, mine));

    private async Task RemoveAsync(IReadOnlyList<string> containers, IReadOnlyList<string> volumes, CancellationToken cancellationToken)
    {
        foreach (var container in containers)
        {
            await engine.RemoveAsync(container, cancellationToken);
        }

        foreach (var volume in volumes)
        {
            await engine.RemoveVolumeAsync(volume, cancellationToken);
        }
    }
}
