using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Runs.Delivering;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Simulation.Nodes;

/// <summary>As the real courier, over simulated lines: builds the commit anew for each try, until there is an answer.</summary>
internal sealed class SimCourier(World world, NodeProcess node, CommitBuilder builder, TimeProvider clock) : ICourier
{
    /// <summary>Never waited for: what is simulated travels inside the commit.</summary>
    private static readonly SemaphoreSlim Uploads = new(2, 2);

    public async Task<CommitReply> DeliverAsync(RunEntry entry, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                var line = await node.Link.WhenUp();
                var commit = await builder.BuildAsync(
                    entry, line.Terms!.InlineBytes, new Dictionary<Digest, UploadId>(), Uploads, () => { }, cancellationToken);
                world.NodeLaws.Sends(node, entry, commit);
                var reply = await CommitAsync(line, commit);
                world.NodeLaws.Hears(node, commit, reply);
                return reply;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not JournalException)
            {
                world.Trace.Say($"{node.Name}: {world.NameOf(entry.Run)} is not delivered yet: {e.Message}");
                await Task.Delay(Backoff.Transient.Delay(failures, world.Random.NextDouble()), clock, cancellationToken);
            }
        }
    }

    private Task<CommitReply> CommitAsync(Net.Line line, CommitRequest commit)
    {
        var done = new TaskCompletionSource<CommitReply>();
        line.Ask(world.Trace.IsOn ? $"commit {world.NameOf(commit.Run)} epoch {commit.Epoch}" : "", (desk, talk) => desk.CommitAsync(commit, talk, CancellationToken.None),
            done.SetResult, () => done.SetException(new IOException("The line broke.")));
        return done.Task;
    }
}
