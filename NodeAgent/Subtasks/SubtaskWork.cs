using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>One subtask that was asked, and what comes of it.</summary>
internal sealed record SubtaskWork(TaskId Task, Task<IReadOnlyList<SiteAnswer>> Answers)
{
    /// <summary>How it stands, as soon as it has settled or after the time at the latest.</summary>
    public async Task<SubtaskState> StateAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await Answers.WaitAsync(atMost, time, cancellationToken);
            return new SubtaskState(Task, Settled: true, [.. answers.Select(answer => answer.End)]);
        }
        catch (TimeoutException) when (!Answers.IsCompleted)
        {
            return new SubtaskState(Task, Settled: false, []);
        }
    }
}
