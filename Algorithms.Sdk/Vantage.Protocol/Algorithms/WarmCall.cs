using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Algorithms;

/// <summary>One call of a warm worker. Data, site and limits are those of its run.json.</summary>
/// <param name="Run">Whose call it is: output, log, progress and error count for this run until the next call is asked for.</param>
/// <param name="Function">One of the manifest's.</param>
/// <param name="Arguments">The text that a file of arguments would hold.</param>
public sealed record WarmCall(RunId Run, string Function, string Arguments);
