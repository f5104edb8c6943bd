using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Realtime.Events;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Reading;

/// <summary>
/// Reads a task, and with <c>?wait=</c> holds the answer back until the task has settled: how a node waits for its
/// subtasks without a stream of its own. Looks again when something changed in the collaboration, and now and then in any
/// case, since no wake-up is relied on.
/// </summary>
internal sealed class TaskPatience(
    TaskReader reader, Watchers watchers, OpenStreams streams, IHostApplicationLifetime host, EventSettings settings, TimeProvider time)
{
    private const int LongestWait = 30;

    /// <summary>A busy collaboration wakes often; a look each time would help nobody.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <param name="id">Which.</param>
    /// <param name="wait">For how many seconds at the most; null for none.</param>
    /// <param name="answers">Whether what the runs brought comes along.</param>
    /// <param name="caller">Who looks.</param>
    /// <param name="context">The request: whoever goes away, or is revoked, waits no longer.</param>
    public Task<Answer<TaskView>> GetAsync(TaskId id, int? wait, bool? answers, Caller caller, HttpContext context) => wait switch
    {
        < 0 or > LongestWait => Task.FromResult<Answer<TaskView>>(Refusal.Invalid(("wait", $"seconds, 0 to {LongestWait}"))),
        > 0 => WaitAsync(id, answers ?? false, time.GetUtcNow().AddSeconds(wait.Value), caller, context),
        _ => reader.GetAsync(id, answers ?? false, caller, context.RequestAborted),
    };

    private async Task<Answer<TaskView>> WaitAsync(TaskId id, bool answers, DateTimeOffset until, Caller caller, HttpContext context)
    {
        using var credential = streams.Watch(context);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, credential.Revoked, host.ApplicationStopping);
        // Before the first look, so that no end falls between the two.
        using var watcher = watchers.Add(caller.Collaborations, id);
        while (true)
        {
            if (credential.Revoked.IsCancellationRequested)
            {
                return new Refusal(ErrorCodes.Unauthenticated, "The token or session ended while this request waited. Sign in again.");
            }

            var answer = await reader.GetAsync(id, answers, caller, context.RequestAborted);
            var left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero || answer.Value is null or { Outcome: not null } || ending.IsCancellationRequested)
            {
                return answer;
            }

            try
            {
                await Task.Delay(Rest, time, ending.Token);
                await watcher.WaitAsync(left < settings.Look ? left : settings.Look, ending.Token);
            }
            catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
            {
                // The Coordinator stops and says once more what it knows, or the credential ended.
            }
        }
    }
}
