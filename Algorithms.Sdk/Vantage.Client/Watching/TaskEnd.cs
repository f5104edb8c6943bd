using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Watching;

/// <summary>
/// Waits until one task has settled, for who does not care how it moves: one request that the Coordinator answers then, with
/// what the runs brought, however often it takes.
/// </summary>
internal static class TaskEnd
{
    /// <summary>Shorter than proxies let a request wait.</summary>
    private const int Seconds = 20;

    /// <summary>Between two looks at a Coordinator that does not wait.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task<TaskView> WaitAsync(RestChannel rest, TaskId task, CancellationToken cancellationToken)
    {
        var patience = new Patience(rest.Time, rest.GiveUpAfter);
        while (true)
        {
            var asked = rest.Time.GetTimestamp();
            var view = await patience.KeepTryingAsync(() => rest.GetAsync($"{Routes.Tasks}/{task}?wait={Seconds}&answers=true",
                ProtocolJson.Default.TaskView, cancellationToken), cancellationToken);
            if (view.Outcome is not null)
            {
                return view;
            }

            patience.Progress();
            if (rest.Time.GetElapsedTime(asked) < Pause)
            {
                await Task.Delay(Pause, rest.Time, cancellationToken);
            }
        }
    }
}
