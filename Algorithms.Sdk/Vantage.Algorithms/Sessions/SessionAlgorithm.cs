using Vantage.Algorithms.Functions;
using Vantage.Protocol.Sessions;

namespace Vantage.Algorithms.Sessions;

/// <summary>
/// <c>sessions</c>: prepared data that nodes keep between tasks. Nodes do these functions themselves, so that no program ever
/// holds the rows; a task names the session in its manifest, and each site's policy has to allow sessions.
/// </summary>
public static class SessionAlgorithm
{
    /// <summary>Makes a frame of the task's data. Done before with the same steps on the same content, it is not done again.</summary>
    public static PartialFunction<PrepareArguments, FrameReport> Prepare { get; } = Function.ByNode(
        SessionFunctions.Prepare,
        "Keeps a prepared table at the site for later tasks of the session; says its columns, and no rows.",
        SessionsJson.Default.PrepareArguments,
        SessionsJson.Default.FrameReport);

    /// <summary>Says which frames the session has at each site.</summary>
    public static PartialFunction<ListArguments, SessionReport> List { get; } = Function.ByNode(
        SessionFunctions.List,
        "Says which frames of the session a site keeps.",
        SessionsJson.Default.ListArguments,
        SessionsJson.Default.SessionReport);

    /// <summary>Deletes the session's frames, or one of them.</summary>
    public static PartialFunction<EndArguments, SessionEnded> End { get; } = Function.ByNode(
        SessionFunctions.End,
        "Deletes the session's frames at the site, or one of them.",
        SessionsJson.Default.EndArguments,
        SessionsJson.Default.SessionEnded);

    /// <summary>The three functions under the name that policies and tasks know.</summary>
    public static Algorithm Algorithm { get; } = new(
        SessionFunctions.Algorithm,
        "1.0.0",
        "Prepared tables that sites keep between tasks.",
        typeof(SessionAlgorithm).Assembly,
        Prepare,
        List,
        End);
}
