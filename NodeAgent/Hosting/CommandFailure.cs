using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Hosting;

/// <summary>
/// A command can't go on for a reason its user can act on. The message says what, where and what to do next; the code is
/// from the one table of <see cref="ExitCodes"/>.
/// </summary>
internal sealed class CommandFailure(int exitCode, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;

    public static CommandFailure Configuration(string message, Exception? inner = null) =>
        new(ExitCodes.Configuration, message, inner);

    public static CommandFailure Usage(string message) => new(ExitCodes.Usage, message);
}
