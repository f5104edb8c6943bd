namespace Vantage.Protocol.Algorithms;

/// <summary>
/// How a worker's process ends. Anything but 0 means that there is no result; the node prefers what was posted to
/// <see cref="Gateway.Error"/> and falls back on the exit code. Codes over 128 are signals, as in a shell.
/// </summary>
public static class WorkerExitCodes
{
    /// <summary>The output <see cref="Gateway.ResultName"/> was accepted by the Gateway.</summary>
    public const int Succeeded = 0;

    /// <summary>The function failed, or its arguments or data are wrong; told to the Gateway.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; usage is on standard error.</summary>
    public const int Usage = 2;

    /// <summary>run.json could not be read; told on standard error only, since no Gateway is known.</summary>
    public const int RunFileInvalid = 3;

    /// <summary>The Gateway could not be reached or broke off; told on standard error.</summary>
    public const int GatewayLost = 4;

    /// <summary>Ended on SIGTERM or SIGINT; told to the Gateway where it still answered.</summary>
    public const int Cancelled = 143;
}
