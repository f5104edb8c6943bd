using System.Runtime.CompilerServices;
using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Watching;

/// <summary>Follows one task until it settles, whatever happens to the connection in between.</summary>
internal static class TaskWatch
{
    public static async IAsyncEnumerable<TaskView> FollowAsync(RestChannel rest, TaskId task,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var signal = new ChangeSignal(rest, $"?task={task}");
        signal.Start();
        var patience = new Patience(rest.Time, rest.GiveUpAfter);
        string? shown = null;
        while (true)
        {
            await signal.WaitAsync(cancellationToken);
            var view = await patience.KeepTryingAsync(() =>
                rest.GetAsync($"{Routes.Tasks}/{task}", ProtocolJson.Default.TaskView,
                cancellationToken), cancellationToken);
            patience.Progress();
            var now = System.Text.Json.JsonSerializer.Serialize(view, ProtocolJson.Default.TaskView);
            if (now != shown)
            {
                shown = now;
                yield return view;
            }

            if (view.Outcome is not null)
            {
                yield break;
            }
        }
    }
}
