using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>What a central function asks, as the Gateway passes it on: to other nodes, or to the sites of a rehearsal.</summary>
internal interface ISubtasks
{
    /// <summary>Whom it may ask, in the order of the answers. Each name once.</summary>
    IReadOnlyList<string> Names { get; }

    TimeProvider Time { get; }

    /// <summary>The node's own words on why the function had to do without an answer; null if it never had.</summary>
    string? Trouble { get; }

    /// <summary>Comes back when it is asked.</summary>
    /// <exception cref="SubtaskRefusal">It is not within what was delegated, or not taken.</exception>
    Task<TaskId> AskAsync(string function, byte[] arguments, CancellationToken cancellationToken);

    SubtaskWork? Find(TaskId task);
}
