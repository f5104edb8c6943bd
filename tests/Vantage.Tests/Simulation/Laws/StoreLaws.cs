using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Simulation.Laws;

/// <summary>What holds of tasks and runs after every single thing that the Coordinator does.</summary>
internal sealed class StoreLaws(World world, IRunStore store)
{
    private readonly Dictionary<RunId, RunSnapshot> runs = [];
    private readonly Dictionary<TaskId, TaskSnapshot> tasks = [];
    private readonly Dictionary<RunId, (Digest Receipt, long Epoch)> accepted = [];

    public IReadOnlyCollection<TaskSnapshot> Tasks => tasks.Values;

    /// <summary>The receipt that ended a run, and for which handing it came.</summary>
    public (Digest Receipt, long Epoch)? AcceptedOf(RunId run) => accepted.TryGetValue(run, out var taken) ? taken : null;

    public IReadOnlyList<RunSnapshot> Runs => [.. runs.Values];

    public void Look()
    {
        foreach (var key in world.Tasks)
        {
            if (Coordinators.CoordinatorProcess.Now(store.FindAsync(key, default)) is { } task)
            {
                Look(task);
            }
        }
    }

    /// <param name="before">The run when the commit came.</param>
    public void Committed(RunCommit commit, RunSnapshot before, CommitAnswer answer)
    {
        var name = world.NameOf(commit.Run);
        switch (answer.Outcome)
        {
            case CommitOutcome.Committed:
                world.Laws.Hold(!before.State.HasEnded && accepted.TryAdd(commit.Run, (commit.ReceiptDigest, commit.Epoch)),
                    "a run has at most one committed result", () => $"{name} had ended {before.State.Outcome} and takes another commit");
                world.Laws.Hold(before.State.Epoch == commit.Epoch && before.Holder == commit.Caller.Node,
                    "only the owner of the current epoch commits",
                    () => $"{name} belongs to {world.NameOf(before.Holder)} at epoch {before.State.Epoch}; {world.NameOf(commit.Caller.Node)} commits for {commit.Epoch}");
                world.Laws.Hold(world.Scheduler.Now < before.State.NotAfter, "nothing is committed after notAfter", () => name);
                break;
            case CommitOutcome.AlreadyCommitted:
                world.Laws.Hold(AcceptedOf(commit.Run)?.Receipt == commit.ReceiptDigest, "a commit is only repeated if it was made",
                    () => $"{name} has another result");
                break;
        }
    }

    private void Look(TaskSnapshot task)
    {
        var fold = TaskLifecycle.Fold([.. task.Runs.Select(run => run.State)]);
        world.Laws.Hold(task.Outcome == fold, "a task's outcome is the fold of its runs",
            () => $"{world.NameOf(task.Key.Task)} is {task.Outcome}, its runs make {fold}");
        world.Laws.Hold(tasks.GetValueOrDefault(task.Key.Task)?.Outcome is not { } settled || settled == task.Outcome,
            "a settled task stays settled", () => $"{world.NameOf(task.Key.Task)} is now {task.Outcome}");
        tasks[task.Key.Task] = task;
        foreach (var run in task.Runs)
        {
            Look(run);
        }
    }

    private void Look(RunSnapshot run)
    {
        world.Laws.Hold(run.State.HasEnded == run.State.Outcome is not null, "an outcome comes with the end", () => world.NameOf(run.Id));
        if (runs.TryGetValue(run.Id, out var before))
        {
            world.Laws.Hold(run.State.Epoch >= before.State.Epoch, "epochs only grow",
                () => $"{world.NameOf(run.Id)} fell from epoch {before.State.Epoch} to {run.State.Epoch}");
            world.Laws.Hold(!before.State.HasEnded || (run.State == before.State && run.Code == before.Code
                && run.Payloads.SequenceEqual(before.Payloads)),
                "what has ended stays as it ended", () => $"{world.NameOf(run.Id)} was {before.State}, is {run.State}");
            if (run.State != before.State && world.Trace.IsOn)
            {
                world.Trace.Say($"  {world.NameOf(run.Id)}: {before.State.Phase}/{before.State.Epoch} → {run.State.Phase}/{run.State.Epoch} {run.State.Outcome} {world.NameOf(run.Holder)}");
            }
        }

        runs[run.Id] = run;
    }
}
