using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Runtimes.Catalogue;

/// <summary>
/// What the node's worker holds. It is asked once and again when its files change; a worker that changes in between
/// refuses by itself to run anything but exactly what the run names.
/// </summary>
/// <param name="worker">The program.</param>
/// <param name="glance">How long a look at its files is believed: a thousand calls of one run are judged within moments.</param>
/// <param name="time">Of the looks; null to look each time.</param>
internal sealed class WorkerCatalogue(string worker, TimeSpan glance = default, TimeProvider? time = null) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);
    private (string Stamp, AlgorithmCatalogue Catalogue)? known;
    private long looked;

    public async Task<AlgorithmResolution> ResolveAsync(AlgorithmRef algorithm, CancellationToken cancellationToken)
    {
        if (algorithm.Kind != AlgorithmKind.Builtin)
        {
            return new AlgorithmResolution.Missing(RunCodes.NotYet,
                $"This node runs the algorithms that ship with it (builtin:…); it can't run {algorithm} yet.");
        }

        AlgorithmCatalogue catalogue;
        try
        {
            catalogue = await ReadAsync(cancellationToken);
        }
        catch (WorkerException e)
        {
            return new AlgorithmResolution.Missing(RunCodes.RuntimeUnavailable, e.Message);
        }

        return catalogue.Algorithms.FirstOrDefault(a => a.Ref == algorithm.Text) is { } entry
            ? new AlgorithmResolution.Found(entry.Manifest)
            : new AlgorithmResolution.Missing(RunCodes.AlgorithmUnknown, Explain(algorithm, catalogue));
    }

    public void Dispose() => one.Dispose();

    private static string Explain(AlgorithmRef asked, AlgorithmCatalogue catalogue)
    {
        var has = catalogue.Algorithms.Select(a => AlgorithmRef.TryParse(a.Ref, out var r) ? r : null).OfType<AlgorithmRef>().ToList();
        var same = has.Where(a => a.Name == asked.Name).ToList();
        return same.Count > 0
            ? $"This node does not have {asked}. It has {string.Join(", ", same)}. The node's and the asker's installations are of"
              + " different releases: bring them to the same one, and have the catalogue signed anew ('vantage keys catalogue')."
            : $"This node has no algorithm '{asked.Name}'. It has: {string.Join(", ", has.Select(a => a.Name))}.";
    }

    private async Task<AlgorithmCatalogue> ReadAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (known is { } seen && time?.GetElapsedTime(looked) < glance)
            {
                return seen.Catalogue;
            }

            var began = time?.GetTimestamp() ?? 0;
            var stamp = Stamp();
            if (known is not { } current || current.Stamp != stamp)
            {
                known = current = (stamp, await WorkerQuestion.AskAsync(worker, cancellationToken));
            }

            looked = began;
            return current.Catalogue;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Of all files beside the worker: its code lies in libraries, and its own file hardly ever changes.</summary>
    private string Stamp()
    {
        if (!File.Exists(worker))
        {
            throw new WorkerException($"There is no worker at {worker}. The node's admin sets 'worker:' in node.yaml, or repairs the installation.");
        }

        return string.Join('|', new DirectoryInfo(Path.GetDirectoryName(worker)!).EnumerateFiles()
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));
    }
}

/// <summary>The worker did not answer as a worker does.</summary>
internal sealed class WorkerException(string message, Exception? inner = null) : Exception(message, inner);
