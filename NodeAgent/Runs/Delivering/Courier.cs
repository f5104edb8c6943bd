using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Runs.Delivering;

/// <summary>
/// Brings one sealed end to the Coordinator: uploads what is large, commits, tries again until there is an answer. Sending
/// anything twice does no harm.
/// </summary>
internal sealed partial class Courier(
    CommitBuilder builder, LineHolder lines, LinkRetry retry, TimeProvider time, ILogger<Courier> logger) : ICourier, IDisposable
{
    /// <summary>While the line stands the way is known to work: then a cut is not worth a long wait.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(2);

    /// <summary>Large results go up two at a time, so that a small one never waits behind a queue of them.</summary>
    private readonly SemaphoreSlim uploads = new(2, 2);

    /// <summary>Returns what the Coordinator said; ends otherwise only by cancellation.</summary>
    public async Task<CommitReply> DeliverAsync(RunEntry entry, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<Digest, UploadId>();
        for (var failures = 1; ; failures++)
        {
            try
            {
                var up = await lines.WhenUpAsync(cancellationToken);
                Failpoint.Pass("deliver.begun");
                var commit = await builder.BuildAsync(
                    entry, up.Terms.InlineBytes, ids, uploads, () => failures = 1, cancellationToken);
                Failpoint.Pass("commit.built");
                var reply = await up.Line.CommitAsync(commit, cancellationToken);
                Failpoint.Pass("commit.answered");
                if (reply.Outcome != CommitOutcome.PayloadMissing)
                {
                    LogAnswered(entry.Run, entry.Epoch, reply.Outcome, reply.Detail ?? "");
                    return reply;
                }

                foreach (var missing in reply.Missing ?? [])
                {
                    ids[missing] = UploadId.New(time);
                }

                LogAgain(entry.Run, reply.Missing?.Count ?? 0);
                await WaitAsync(retry.Explain(new IOException("A payload was missing.")), failures, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not (JournalException or CommandFailure))
            {
                var fault = retry.Explain(e);
                LogLater(entry.Run, fault.Message);
                await WaitAsync(fault, failures, cancellationToken);
            }
        }
    }

    private Task WaitAsync(LinkFault fault, int failures, CancellationToken cancellationToken)
    {
        var delay = retry.Delay(fault, failures);
        return Task.Delay(lines.Current is not null && delay > ShortWait ? ShortWait : delay, time, cancellationToken);
    }

    public void Dispose() => uploads.Dispose();

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run} (epoch {Epoch}): {Outcome} {Detail}")]
    private partial void LogAnswered(RunId run, long epoch, CommitOutcome outcome, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run}: the Coordinator misses {Count} payloads; they go up again")]
    private partial void LogAgain(RunId run, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of {Run} is not delivered yet: {Why}")]
    private partial void LogLater(RunId run, string why);
}
