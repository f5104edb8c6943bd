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

    /// <summary>The same, of some of the sites only, by their places in <see cref="Names"/>; null for all.</summary>
    /// <exception cref="SubtaskRefusal">As above.</exception>
    Task<TaskId> AskAsync(string function, byte[] arguments, IReadOnlyList<int>? among, CancellationToken cancellationToken) => among is null
        ? AskAsync(function, arguments, cancellationToken)
        : throw new SubtaskRefusal(Protocol.Errors.ErrorCodes.DelegationExceeded, "Here all sites are asked together.");

    SubtaskWork? Find(TaskId task);
}
