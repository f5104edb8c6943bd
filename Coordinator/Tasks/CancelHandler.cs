using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks.Reading;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks;

/// <summary>Ends what nobody wants any more. Cancelling what has ended is too late, and harmless.</summary>
internal sealed class CancelHandler(IRunStore store, TaskReader reader, Wakeups wakeups)
{
    public async Task<Answer<TaskView>> CancelAsync(TaskId id, UserCaller caller, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(id, caller, cancellationToken) is not { } task)
        {
            return Refusal.NotFound(id);
        }

        if (caller.Judge(Resource.Task, Operation.Cancel, new Whose(task.Asker.Organization, task.Key.Collaboration, task.Asker.User)) is { } refusal)
        {
            return refusal;
        }

        Failpoint.Pass("cancel.checked");
        if (await store.CancelAsync(task.Key, caller.Actor, cancellationToken) is { } cancelled)
        {
            Failpoint.Pass("cancel.stored");
            wakeups.Stop(cancelled.Stop);
            wakeups.Changed([task.Key.Collaboration]);
        }

        return await reader.ViewAsync(task.Key, cancellationToken);
    }
}
