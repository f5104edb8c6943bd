using System.Collections.Concurrent;
using Vantage.NodeAgent.Approvals.Holding;
using Vantage.NodeAgent.Audit;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Delivering;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runs.Working;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Runs;

/// <summary>
/// Starts works and deliveries, one task each, and sees to it that each ends in a record. A failing disk only delays:
/// what is in hand is tried again until it is written.
/// </summary>
internal sealed partial class RunCrew(
    RunDesk desk, RunFloor floor, IRunWorker worker, RunSealer sealer, ICourier courier, RunCrew.Means means,
    ILogger<RunCrew> logger) : IDisposable
{
    private static readonly TimeSpan DiskPause = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Task, byte> tasks = new();
    private readonly CancellationTokenSource ending = new();

    /// <summary>What else it needs, kept together.</summary>
    internal sealed record Means(
        RunJournal Journal, RunFolders Folders, DiskGuard Disk, NodeFate Fate, NodeHome Home,
        IEnumerable<IRunExecutor> Executors, ApprovalKeeper Approvals, ITrail Trail, TimeProvider Time);

    /// <summary>Ends what an earlier life left running.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var executor in means.Executors)
        {
            await executor.SweepAsync(means.Home.Work, cancellationToken);
        }
    }

    public void Begin(RunKey key)
    {
        var work = new RunWork(key, desk.Changed) { Entry = means.Journal.Book[key.Run] };
        if (floor.TryBegin(work))
        {
            Track(WorkAsync(work));
        }
    }

    public void GiveUp(RunKey key) => floor.GiveUp(key);

    public void Deliver(RunKey key)
    {
        if (means.Journal.Book[key.Run] is { Stage: RunStage.Sealed } entry && entry.Key == key && floor.TryDeliver(key))
        {
            Track(DeliverAsync(entry));
        }
    }

    /// <summary>Drained means: nothing in hand and nothing to deliver. What waits for a person waits on the disk.</summary>
    public void FinishIfDrained()
    {
        if (floor.IsDraining && means.Journal.Book.Entries.Values.All(
            entry => entry.Stage is RunStage.Acknowledged or RunStage.Dropped || entry.Awaiting is not null))
        {
            LogDrained();
            means.Fate.Finish();
        }
    }

    /// <summary>Something could not be carried out.</summary>
    public void Failed(Exception e)
    {
        if (DiskGuard.IsTrouble(e))
        {
            means.Disk.Failed(e);
        }
        else
        {
            LogStepBug(e);
        }
    }

    /// <summary>The node shuts down: what runs stops and is taken up again at the next start; the journal knows it all.</summary>
    public async Task InterruptAsync()
    {
        await ending.CancelAsync();
        foreach (var work in floor.Works)
        {
            work.Interrupt();
        }

        await Task.WhenAll(tasks.Keys);
    }

    public void Dispose() => ending.Dispose();

    private async Task WorkAsync(RunWork work)
    {
        try
        {
            await WorkOnceAsync(work);
        }
        catch (Exception e) when (DiskGuard.IsTrouble(e))
        {
            // It is begun anew by the next decision, and the pause keeps that from becoming a busy loop.
            means.Disk.Failed(e);
            await PauseAsync();
        }
        catch (Exception e)
        {
            LogBug(e, work.Key);
            means.Fate.FailIfFatal(e);
            await PauseAsync();
        }
        finally
        {
            floor.End(work);
            work.Dispose();
            desk.Changed();
        }
    }

    private async Task WorkOnceAsync(RunWork work)
    {
        Failpoint.Pass("work.begun");
        if (await worker.WorkAsync(work, ending.Token) is { } job)
        {
            // Not told as 'Sealing': from there on the Coordinator waits for a result that a crash can't take back, and until
            // it is recorded one can. Once it is, the run is told as 'Uploading'.
            Failpoint.Pass("work.finished");
            await SealAsync(work, job with { Approvals = [.. work.Entry?.Approvals ?? []] });
            means.Folders.SweepWork(work.Key);
            Failpoint.Pass("work.swept");
        }
        else if (!work.Stopping.IsCancellationRequested)
        {
            await UntilWrittenAsync(new JournalRecord.Dropped(work.Key.Run, work.Key.Epoch, DropCause.Unreadable), work.Stopping);
        }
    }

    /// <summary>Finished work stays in hand until it is sealed, or held for a person, and recorded, however long the disk refuses.</summary>
    private async Task SealAsync(RunWork work, SealJob job)
    {
        while (!work.Unwanted)
        {
            try
            {
                if (job.End.Asks is { } question && await means.Approvals.HoldAsync(job, question, CancellationToken.None) is { } asked)
                {
                    await UntilWrittenAsync(asked, work.Stopping);
                    Failpoint.Pass("hold.recorded");
                    means.Trail.Note(RunHappenings.Ask(asked));
                    LogHeld(work.Key, asked.Gate.ToExactName(), asked.Rule, asked.Until);
                    return;
                }

                var record = await sealer.SealAsync(job, CancellationToken.None);
                // Before anything may leave: a record that follows is one that may be missing.
                await means.Trail.RecordAsync(RunHappenings.Finish(job, record));
                await UntilWrittenAsync(record, work.Stopping);
                Failpoint.Pass("seal.recorded");
                means.Approvals.Sweep(work.Entry);
                return;
            }
            catch (Exception e) when (DiskGuard.IsTrouble(e))
            {
                means.Disk.Failed(e);
                work.Waiting(Protocol.Hub.WaitingReason.WaitingForResources);
                if (ending.IsCancellationRequested)
                {
                    return;
                }

                await PauseAsync();
            }
        }
    }

    private async Task UntilWrittenAsync(JournalRecord record, CancellationToken stop)
    {
        while (!desk.Record(record) && !stop.IsCancellationRequested)
        {
            await PauseAsync();
        }
    }

    private async Task DeliverAsync(RunEntry entry)
    {
        try
        {
            var reply = await courier.DeliverAsync(entry, ending.Token);
            means.Trail.Note(RunHappenings.Deliver(entry.Key, reply));
            await UntilWrittenAsync(
                new JournalRecord.Acknowledged(entry.Run, entry.Epoch, reply.Outcome, means.Time.GetUtcNow(), reply.Ended), ending.Token);
            Failpoint.Pass("acknowledge.recorded");
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It is sealed and remembered: the next life delivers it.
        }
        catch (Exception e)
        {
            LogBug(e, entry.Key);
            means.Fate.FailIfFatal(e);
            await PauseAsync();
        }
        finally
        {
            floor.Delivered(entry.Key);
            desk.Changed();
        }
    }

    private void Track(Task task)
    {
        tasks[task] = 0;
        _ = task.ContinueWith(done => tasks.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Short enough that nobody has to cut it short.</summary>
    private Task PauseAsync() => Task.Delay(DiskPause, means.Time, CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Information, Message = "Drained: everything is finished and delivered, the node stops")]
    private partial void LogDrained();

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Key} waits for a person ({Gate}, rule '{Rule}') until {Until:u}: vantage node approvals list")]
    private partial void LogHeld(RunKey key, string gate, string rule, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Error, Message = "The supervisor met a bug of the node; it goes on")]
    private partial void LogStepBug(Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Key} met a bug of the node; it is tried again")]
    private partial void LogBug(Exception e, RunKey key);
}
