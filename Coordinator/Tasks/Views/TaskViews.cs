using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Api;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Views;

/// <summary>What people are shown of a task.</summary>
internal static class TaskViews
{
    public static TaskView Of(TaskSnapshot task) => new(task.Key.Task, task.Job, task.Key.Collaboration, task.Study,
        task.Type, task.Algorithm, task.Function, task.Asker.Organization, task.Asker.User, task.CreatedAt, task.NotAfter,
        task.Outcome, task.SettledAt, [.. task.Runs.Select(run => Of(run, task))]);

    private static RunView Of(RunSnapshot run, TaskSnapshot task)
    {
        var (waiting, since) = Waiting.Of(run, task.CreatedAt, task.NotBefore, task.Now);
        return new RunView(run.Id, run.Organization, run.Holder ?? run.Node, run.State.Phase, run.State.Epoch,
            run.State.Outcome, run.Code, run.State.Phase == RunPhase.Ended ? null : run.Progress, waiting, since,
            run.UpdatedAt, [.. run.Payloads.Where(payload => payload.Node == (run.Holder ?? run.Node))
                .Select(payload => new PayloadView(payload.Kind, payload.Digest, payload.Size, payload.Available))]);
    }
}
