using System.Text.Json;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Protocol.Algorithms;

/// <summary>
/// What a central function asks of all its sites. Which code, data and sites is not its to say: that stands in the
/// delegation that a person signed.
/// </summary>
/// <param name="Function">One of those that were delegated.</param>
/// <param name="Arguments">The same for every site; the node seals them to each.</param>
public sealed record SubtaskRequest(string Function, JsonElement Arguments);

/// <summary>Asked. A central function that is run again after its node broke down gets the task that it asked before.</summary>
/// <param name="Task">Where to ask how it stands: <see cref="Gateway.SubtaskPrefix"/>.</param>
public sealed record SubtaskAsked(TaskId Task);

/// <summary>How a subtask stands.</summary>
/// <param name="Task">Which.</param>
/// <param name="Settled">Whether every site has ended. If not, ask again: the node answers as soon as it changes.</param>
/// <param name="Sites">Once settled: how each site ended, in the order of <see cref="RunFile.Sites"/>.</param>
public sealed record SubtaskState(TaskId Task, bool Settled, IReadOnlyList<SubtaskEnd> Sites);

/// <summary>How one site ended, by a receipt that the node verified.</summary>
/// <param name="Site">Its name.</param>
/// <param name="Outcome">Without a receipt (cancelled, expired, lost): as the Coordinator says.</param>
/// <param name="Size">Of the result in bytes, if there is one; fetched with <see cref="Gateway.SubtaskResult"/>.</param>
/// <param name="Failure">Why it failed or was refused, as the site told this node.</param>
/// <param name="Rule">The rule of the site's policy that decided.</param>
public sealed record SubtaskEnd(
    string Site, RunOutcome Outcome, long? Size = null, RunFailure? Failure = null, string? Rule = null);
