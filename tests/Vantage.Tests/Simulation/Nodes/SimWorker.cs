using System.Text;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runs.Working;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Receipts;

namespace Vantage.Tests.Simulation.Nodes;

/// <summary>An algorithm that takes its time and comes to some end, a different one each time it runs.</summary>
internal sealed class SimWorker(World world, NodeProcess node, RunFolders folders, IVolume disk) : IRunWorker
{
    public async Task<SealJob?> WorkAsync(RunWork work, CancellationToken cancellationToken)
    {
        if (folders.FindClaim(work.Key, work.Claim) is not { } claim || ManifestGlance.Read(claim.Manifest) is not { } manifest)
        {
            return null;
        }

        world.NodeLaws.Begins(node, work.Key, manifest);
        try
        {
            var end = await ExecuteAsync(work);
            return end is null ? null : new SealJob(
                work.Key, claim.Task, manifest, Digest.OfText(claim.Manifest), World.Recipients, end, new ReceiptPolicy("simulated", "all"));
        }
        finally
        {
            world.NodeLaws.Ends(node, work.Key);
        }
    }

    /// <summary>Null if it was stopped.</summary>
    private async Task<RunEnd?> ExecuteAsync(RunWork work)
    {
        var folder = folders.PrepareWork(work.Key);
        await WorkFor(TimeSpan.FromSeconds(world.Random.Next(3)), work.Stopping);
        work.Phase(RunPhase.Running);
        await WorkFor(world.Rules.Work ?? TimeSpan.FromSeconds(world.Random.Next(world.Plan.LongestWork)), work.Stopping);
        if (work.Stopping.IsCancellationRequested)
        {
            // Stopping takes a moment, in which nothing is to come of it any more.
            await WorkFor(TimeSpan.FromMilliseconds(world.Random.Next(500)), CancellationToken.None);
            return null;
        }

        return world.Rules.Work is null && world.Random.Next(4) == 0
            ? new RunEnd.Failed(RunCodes.AlgorithmFailed, "It failed.", null, new ExecutionFacts())
            : Result(folder + "/output");
    }

    /// <summary>Until the time is over or it is stopped. A Task.Delay that is cancelled would go on in another thread.</summary>
    private async Task WorkFor(TimeSpan time, CancellationToken stop)
    {
        var over = new TaskCompletionSource();
        using var stopped = stop.UnsafeRegister(_ => over.TrySetResult(), null);
        node.After(time, () => over.TrySetResult());
        await over.Task;
    }

    private RunEnd.Succeeded Result(string path)
    {
        var result = Encoding.ASCII.GetBytes($"result {world.Random.Next()}");
        using (var file = disk.Create(path))
        {
            file.Write(result);
        }

        return new RunEnd.Succeeded(path, result.Length, Digest.Of(result), new ExecutionFacts());
    }
}
