using Vantage.Protocol.Errors;

namespace Vantage.Protocol.Algorithms;

/// <summary>
/// How a worker's process ends. Anything but 0 means that there is no result; the node prefers what was posted to
/// <see cref="Gateway.Error"/> and falls back on the exit code. The numbers mean the same as in
/// <see cref="Errors.ExitCodes"/>.
/// </summary>
public static class WorkerExitCodes
{
    /// <summary>The output <see cref="Gateway.ResultName"/> was accepted by the Gateway.</summary>
    public const int Succeeded = ExitCodes.Ok;

    /// <summary>The function failed, or its arguments or data are wrong; told to the Gateway.</summary>
    public const int Failed = ExitCodes.Failed;

    /// <summary>The command line is wrong; usage is on standard error.</summary>
    public const int Usage = ExitCodes.Usage;

    /// <summary>The Gateway could not be reached or broke off; told on standard error.</summary>
    public const int GatewayLost = ExitCodes.Unreachable;

    /// <summary>run.json cannot be read; told on standard error only, since no Gateway is known.</summary>
    public const int RunFileInvalid = ExitCodes.Configuration;

    /// <summary>Ended on SIGTERM or SIGINT, without a word: the node did it and knows why.</summary>
    public const int Cancelled = ExitCodes.Terminated;
}
