using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Hosting;

/// <summary>
/// The Coordinator can't start as it was told to. The message is for the operator: what, where, which setting and what
/// to do next. It is printed without a stack trace.
/// </summary>
/// <param name="message">One or more sentences; lists on lines of their own.</param>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="inner">What broke, for the log at debug level.</param>
internal sealed class StartRefusedException(string message, int exitCode = ExitCodes.Configuration, Exception? inner = null)
    : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
