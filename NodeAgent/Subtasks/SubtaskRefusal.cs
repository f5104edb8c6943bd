using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>A subtask that is not asked, by this node's rules or by the Coordinator's word. Trying again changes nothing.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="message">In what it does not fit, and what to do.</param>
internal sealed class SubtaskRefusal(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    public static SubtaskRefusal Beyond(IEnumerable<string> sentences) => new(ErrorCodes.DelegationExceeded,
        $"The central function asks for more than its task delegates. {string.Join(' ', sentences)}");
}
