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

    /// <summary>Removes a run's container and volume. What can't be removed now is removed before the next run.</summary>
    /// <param name="name">As it was taken.</param>
    /// <param name="isMade">False if what bears the name was not made by this life: then it is left to the next sweep.</param>
    /// <param name="patience">With an engine that does not answer.</param>
    public async Task EndAsync(string name, bool isMade, TimeSpan patience)
    {
        using var giveUp = new CancellationTokenSource(patience);
        try
        {
            if (isMade)
            {
                await RemoveAsync(name, giveUp.Token);
            }
            else
            {
                isClean = false;
            }
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            isClean = false;
        }
        finally
        {
            live.TryRemove(name, out _);
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
        foreach (var container in await engine.ListAsync(ContainerMark.NodeLabel, mark.Node, cancellationToken))
        {
            if ((container.Names ?? []).Select(name => name.TrimStart('/')).FirstOrDefault(IsLeftover) is { } name)
            {
                await RemoveAsync(name, cancellationToken);
            }
        }

        // Also those whose container is gone already.
        foreach (var volume in await engine.ListVolumesAsync(ContainerMark.NodeLabel, mark.Node, cancellationToken))
        {
            if (IsLeftover(volume.Name))
            {
                await engine.RemoveVolumeAsync(volume.Name, cancellationToken);
            }
        }
    }

    private bool IsLeftover(string name) => mark.IsMine(name) && !live.ContainsKey(name);

    private async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await engine.RemoveAsync(name, cancellationToken);
        await engine.RemoveVolumeAsync(name, cancellationToken);
    }
}
