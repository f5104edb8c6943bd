using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Runs.Deciding;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Runs;

/// <summary>Where the link, the console and the works meet the journal. Whatever changes here wakes the supervisor.</summary>
internal sealed partial class RunDesk(
    RunJournal journal, RunFolders folders, RunFloor floor, DiskGuard disk, NodeLimits limits, TimeProvider time,
    ILogger<RunDesk> logger) : IRunDesk
{
    /// <summary>What can't even be read as a manifest is remembered for so long.</summary>
    private static readonly TimeSpan KeepUnreadable = TimeSpan.FromDays(1);

    private readonly Signal changed = new();
    private readonly Signal news = new();
    private readonly RunReports reports = new();
    private volatile string? barred;

    public NodeMode Mode => floor.IsDraining ? NodeMode.Draining : journal.Book.Mode;

    /// <summary>Why nothing is claimed, other than for want of room; null if there is no such reason.</summary>
    public string? Trouble => barred ?? disk.Trouble;

    public int FreeSlots => Trouble is null ? RunPlan.FreeSlots(View()) : 0;

    public TimeSpan? LeaseLeft => floor.LeaseLeft;

    public NodeView View() => floor.View(() => journal.Book, limits);

    public Inventory TakeInventory() => new(Mode, RunReports.Of(journal.Book, floor.Works));

    public IReadOnlyList<RunReport> TakeChanges() => reports.TakeChanges(RunReports.Of(journal.Book, floor.Works));

    public async Task AcceptAsync(ClaimReply handedOver, CancellationToken cancellationToken)
    {
        foreach (var claim in handedOver.Runs)
        {
            try
            {
                await AcceptAsync(claim, cancellationToken);
            }
            catch (Exception e) when (DiskGuard.IsTrouble(e))
            {
                // Not recorded, so not in the next inventory: the Coordinator offers it again.
                disk.Failed(e);
            }
        }

        changed.Set();
    }

    public void Stop(IReadOnlyList<StopOrder> orders)
    {
        if (orders.Count > 0)
        {
            floor.Order(orders);
            changed.Set();
        }
    }

    public void LeaseHolds(long until)
    {
        floor.LeaseHolds(until);
        changed.Set();
    }

    public void Bar(string? why)
    {
        if (barred != why)
        {
            barred = why;
            Changed();
        }
    }

    public Task WhenNews(CancellationToken cancellationToken) => news.WaitAsync(cancellationToken);

    /// <summary>For who looks by himself, instead of waiting.</summary>
    public bool TakeNews() => news.TryTake();

    /// <summary>Something to tell the Coordinator soon, and to look at here.</summary>
    public void Changed()
    {
        changed.Set();
        news.Set();
    }

    public async Task WhenChanged(TimeSpan atTheLatest, CancellationToken cancellationToken)
    {
        using var waking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(
            changed.WaitAsync(waking.Token), Task.Delay(atTheLatest > TimeSpan.Zero ? atTheLatest : TimeSpan.Zero, time, waking.Token));
        await waking.CancelAsync();
    }

    /// <summary>Durable when it returns true. False if the disk did not take it: what it says is then decided again.</summary>
    public bool Record(JournalRecord record)
    {
        try
        {
            journal.Write(record);
            Changed();
            return true;
        }
        catch (Exception e) when (DiskGuard.IsTrouble(e))
        {
            disk.Failed(e);
            return false;
        }
    }

    private async Task AcceptAsync(ClaimedRun claim, CancellationToken cancellationToken)
    {
        var known = journal.Book[claim.Run];
        if (known is not null && claim.Epoch <= known.Epoch)
        {
            LogOld(claim.Run, claim.Epoch, known.Epoch);
            return;
        }

        Failpoint.Pass("claim.received");
        // The files first: a record without them would be a promise that can't be kept.
        var written = await folders.WriteClaimAsync(claim, cancellationToken);
        Failpoint.Pass("claim.filed");
        journal.Write(RecordOf(claim, written));
        Failpoint.Pass("claim.recorded");
        LogClaimed(claim.Run, claim.Epoch, claim.Task);
    }

    private JournalRecord.Claimed RecordOf(ClaimedRun claim, Digest written)
    {
        var glance = ManifestGlance.Read(claim.Manifest);
        var notAfter = glance?.NotAfter ?? time.GetUtcNow() + KeepUnreadable;
        var delegation = glance?.Parent is not null && claim.ParentManifest is { } parent
            ? ManifestGlance.Read(parent)?.Delegation
            : null;
        return new JournalRecord.Claimed(
            claim.Run, claim.Epoch, claim.Task, notAfter, glance?.LostNode ?? LostNodePolicy.Wait,
            delegation is not null && delegation.NotAfter > notAfter ? delegation.NotAfter : notAfter, glance?.Parent?.Task,
            glance?.Delegation is not null, written);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Claimed {Run} (epoch {Epoch}) of {Task}")]
    private partial void LogClaimed(RunId run, long epoch, TaskId task);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run} was handed over for epoch {Epoch}, but epoch {Known} came before: ignored")]
    private partial void LogOld(RunId run, long epoch, long known);
}
