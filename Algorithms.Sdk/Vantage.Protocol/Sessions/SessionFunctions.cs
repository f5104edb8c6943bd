namespace Vantage.Protocol.Sessions;

/// <summary>
/// The names by which nodes know that a task is about sessions. A node does these functions itself: no program is started
/// for them.
/// </summary>
public static class SessionFunctions
{
    /// <summary>The built-in algorithm.</summary>
    public const string Algorithm = "sessions";

    /// <summary>Makes a frame: <see cref="PrepareArguments"/> → <see cref="FrameReport"/>.</summary>
    public const string Prepare = "prepare";

    /// <summary>Says which there are: <see cref="ListArguments"/> → <see cref="SessionReport"/>.</summary>
    public const string List = "list";

    /// <summary>Deletes: <see cref="EndArguments"/> → <see cref="SessionEnded"/>.</summary>
    public const string End = "end";

    /// <summary>What the steps begin with, where a task names several data.</summary>
    public const string MainLabel = "table";
}
