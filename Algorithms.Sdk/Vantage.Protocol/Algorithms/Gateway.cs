using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Algorithms;

/// <summary>
/// The routes by which a running algorithm reaches its node, version 1; nothing else is reachable. Request and answer
/// bodies are JSON in UTF-8 where no other type is named. Success is 2xx. What a node does not offer yet it answers
/// with 501, what it does not allow this run with 403.
/// </summary>
public static class Gateway
{
    /// <summary>POST <see cref="ProgressReport"/>.</summary>
    public const string Progress = "/progress";

    /// <summary>POST <c>text/plain; charset=utf-8</c>: one or more lines for the run's log.</summary>
    public const string Log = "/log";

    /// <summary>
    /// PUT <c>/output/{name}</c>, any type, streamed: 413 as soon as the run's outputs exceed
    /// <see cref="RunLimits.OutputBytes"/>. A name may be written again; an aborted body leaves nothing behind.
    /// </summary>
    public const string OutputPrefix = "/output/";

    /// <summary>
    /// POST <see cref="SubtaskRequest"/>, answered by <see cref="SubtaskAsked"/> once the Coordinator has it. Only for a
    /// central function whose task has a delegation; what goes beyond it is answered with 403 and says in what.
    /// </summary>
    public const string Subtasks = "/subtasks";

    /// <summary>
    /// GET <c>/subtasks/{task}</c>: <see cref="SubtaskState"/>, as soon as all sites have ended and after
    /// <see cref="LongestWait"/> at the latest. GET <c>/subtasks/{task}/{n}</c>: the result of the n-th site, from 0, as
    /// that site's function wrote it.
    /// </summary>
    public const string SubtaskPrefix = "/subtasks/";

    /// <summary>How large the body of a POST to <see cref="Subtasks"/> may be: arguments are parameters, not data.</summary>
    public const int MaxSubtaskBytes = 16 * 1024 * 1024;

    /// <summary>After so long the node answers that a subtask has not settled.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>
    /// GET: the next <see cref="WarmCall"/> of a warm worker, held back until there is one; asking says that the call before
    /// is done. 410 when there will be none any more: the program ends.
    /// </summary>
    public const string Next = "/next";

    /// <summary><c>/peers/{run}</c>: streams between the runs of a task.</summary>
    public const string PeerPrefix = "/peers/";

    /// <summary>POST <see cref="RunFailure"/>, at most once, before a run ends without its output.</summary>
    public const string Error = "/error";

    /// <summary>The output that is the run's result.</summary>
    public const string ResultName = "result";

    public const int MaxOutputNameLength = 64;

    public static string Output(string name) =>
        IsOutputName(name)
            ? OutputPrefix + name
            : throw new ArgumentException(
                $"An output's name is 1 to {MaxOutputNameLength} of a-z, 0-9, '-', '_' and '.', and begins with a letter"
                + " or digit.",
                nameof(name));

    public static string Subtask(TaskId task) => $"{SubtaskPrefix}{task}";

    /// <param name="task">Which subtask.</param>
    /// <param name="site">Which site, counted from 0 in the order of <see cref="RunFile.Sites"/>.</param>
    public static string SubtaskResult(TaskId task, int site) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{SubtaskPrefix}{task}/{site}");

    /// <summary>Names that are harmless as file names everywhere.</summary>
    public static bool IsOutputName(string? name) =>
        name is { Length: > 0 and <= MaxOutputNameLength }
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
        && !name.EndsWith('.');
}

/// <param name="Percent">0 to 100.</param>
public sealed record ProgressReport(int Percent);
