using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Runs.Deciding;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;

namespace Vantage.NodeAgent.Runs;

/// <summary>
/// The loop around the deciding core: look, decide, carry out, wait until something happens or time alone changes
/// something.
/// </summary>
internal sealed partial class RunSupervisor(
    RunDesk desk, RunCrew crew, RunJournal journal, RunFolders folders, SelfHolder holder, TimeProvider time,
    ILogger<RunSupervisor> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly RunCalm calm = new();

    /// <summary>Before any service starts, so that the link has not been handed anything yet.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Clear();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await PrepareAsync(stoppingToken);
        await holder.WhenKnown.WaitAsync(stoppingToken);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await desk.WhenChanged(Step(), stoppingToken);
            }
        }
        finally
        {
            await crew.InterruptAsync();
        }
    }

    /// <summary>Removes what an earlier life wrote for runs and never acknowledged to anyone.</summary>
    internal void Clear()
    {
        folders.Prepare();
        if (journal.TornBytes > 0)
        {
            LogTorn(journal.TornBytes);
        }

        if (folders.SweepStrays(journal.Book) is > 0 and var strays)
        {
            LogStrays(strays);
        }
    }

    /// <summary>Ends and removes what an earlier life had at work, before anything begins.</summary>
    internal async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await crew.SweepAsync(cancellationToken);
        if (folders.SweepWorks() is > 0 and var works)
        {
            LogStrays(works);
        }
    }

    /// <summary>Looks, decides, carries out. Returns how long nothing has to be looked at unless something changes.</summary>
    internal TimeSpan Step()
    {
        try
        {
            var view = desk.View();
            var actions = RunPlan.Decide(view, calm.Look(view));
            foreach (var action in actions)
            {
                Perform(action);
            }

            journal.CompactIfWorthwhile();
            crew.FinishIfDrained();
            return Wait(actions.Count == 0 ? view : desk.View());
        }
        catch (Exception e)
        {
            // What could not be carried out is decided again; a loop that ends would leave the node alive and idle.
            crew.Failed(e);
            return AfterFailure;
        }
    }

    private void Perform(RunAction action)
    {
        switch (action)
        {
            case RunAction.Begin begin:
                crew.Begin(begin.Key);
                break;
            case RunAction.Stop stop:
                LogStop(stop.Key);
                crew.GiveUp(stop.Key);
                break;
            case RunAction.Drop drop:
                LogDrop(drop.Key, drop.Cause);
                desk.Record(new JournalRecord.Dropped(drop.Key.Run, drop.Key.Epoch, drop.Cause));
                Failpoint.Pass("drop.recorded");
                break;
            case RunAction.Lapse lapse:
                LogLapse(lapse.Key, lapse.Question.Rule);
                desk.Record(new JournalRecord.Answered(
                    lapse.Key.Run, lapse.Question.Gate, lapse.Question.Subject, ApprovalWord.Expired, time.GetUtcNow()));
                break;
            case RunAction.Deliver deliver:
                crew.Deliver(deliver.Key);
                break;
            case RunAction.GiveUp giveUp:
                LogGiveUp(giveUp.Key);
                desk.Record(new JournalRecord.Acknowledged(
                    giveUp.Key.Run, giveUp.Key.Epoch, Protocol.Hub.CommitOutcome.Superseded, time.GetUtcNow()));
                break;
            case RunAction.Sweep sweep when journal.Book[sweep.Key.Run] is { } entry:
                folders.Sweep(entry);
                Failpoint.Pass("sweep.removed");
                desk.Record(new JournalRecord.Swept(sweep.Key.Run, sweep.Key.Epoch));
                Failpoint.Pass("sweep.recorded");
                break;
            case RunAction.Forget forget:
                desk.Record(new JournalRecord.Forgotten(forget.Run));
                Failpoint.Pass("forget.recorded");
                break;
        }
    }

    private TimeSpan Wait(NodeView view)
    {
        var next = RunPlan.NextDeadline(view, calm.Look(view));
        var until = (next < calm.Until ? next.Value : calm.Until) - view.Now;
        var lease = desk.LeaseLeft ?? LongestWait;
        return new[] { until, lease, LongestWait }.Min();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal ended in {Bytes} bytes of a write that a crash had cut short; they were removed")]
    private partial void LogTorn(long bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} folders of unfinished work from before were swept")]
    private partial void LogStrays(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} is no longer wanted and is asked to stop")]
    private partial void LogStop(RunKey key);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} is given up: {Cause}")]
    private partial void LogDrop(RunKey key, DropCause cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} waited for an answer that rule '{Rule}' asks for, and nobody gave one in time: it is refused")]
    private partial void LogLapse(RunKey key, string rule);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Key} could not be delivered before its manifest expired")]
    private partial void LogGiveUp(RunKey key);
}
