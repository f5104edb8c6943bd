using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Reading;

/// <summary>The words that a list of tasks can be asked for: open, settled, or how they settled.</summary>
internal static class TaskStates
{
    private static readonly Dictionary<string, TaskOutcome> Outcomes =
        Enum.GetValues<TaskOutcome>().ToDictionary(outcome => outcome.ToString().ToLowerInvariant());

    public static Answer<TaskFilter> Read(string? state, CollaborationId? collaboration, JobId? job) => state switch
    {
        null => new TaskFilter(collaboration, job, null, null),
        "open" => new TaskFilter(collaboration, job, Open: true, null),
        "settled" => new TaskFilter(collaboration, job, Open: false, null),
        _ when Outcomes.TryGetValue(state, out var outcome) => new TaskFilter(collaboration, job, Open: false, outcome),
        _ => Refusal.Invalid(("state", $"open, settled, {string.Join(", ", Outcomes.Keys)}")),
    };
}
