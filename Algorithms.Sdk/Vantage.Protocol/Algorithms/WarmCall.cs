using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Algorithms;

/// <summary>One call of a warm worker. Data, site and limits are those of its run.json.</summary>
/// <param name="Run">Whose call it is: output, log, progress and error count for this run until the next call is asked for.</param>
/// <param name="Function">One of the manifest's.</param>
/// <param name="Arguments">The text that a file of arguments would hold.</param>
/// <param name="Algorithm">Whose function, where that is another one of the same build than run.json names: among built-in code only.</param>
/// <param name="Columns">
/// By the data's label: what this call asked to see. The snapshot also holds what other calls of the run asked for; kits show a
/// call its own. A label is absent where the call sees the whole snapshot.
/// </param>
public sealed record WarmCall(
    RunId Run, string Function, string Arguments, string? Algorithm = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Columns = null);
