namespace Vantage.Protocol.Errors;

/// <summary>
/// How a command ends, for scripts: the same table for <c>vantage</c>, the Coordinator and the NodeAgent. A code is never
/// reused for another meaning. <c>vantage help exit-codes</c> prints <see cref="Table"/>.
/// </summary>
public static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotAllowed = 3;
    public const int Unreachable = 4;
    public const int Configuration = 5;
    public const int Conflict = 6;
    public const int Partial = 7;
    public const int Untrusted = 8;
    public const int NotFound = 9;
    public const int Internal = 70;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    public static IReadOnlyList<ExitCode> Table { get; } =
    [
        new(Ok, "ok", "Done. For a task: every site answered."),
        new(Failed, "failed", "The task ended without a result: failed, refused, cancelled or expired; or a check found faults."),
        new(Usage, "usage", "The command line is wrong. Nothing was done."),
        new(NotAllowed, "not-allowed", "The Coordinator does not know the token, or its owner may not do this."),
        new(Unreachable, "unreachable", "The Coordinator, or the proxy or TLS before it, could not be reached or broke off."),
        new(Configuration, "configuration", "A file, key, setting or program of this installation is missing or wrong."),
        new(Conflict, "conflict", "It exists already, or is in a state that does not allow this."),
        new(Partial, "partial", "Some sites answered and others did not; the result says which and why."),
        new(Untrusted, "untrusted", "A signature, certificate, fingerprint or receipt is not what it should be."),
        new(NotFound, "not-found", "There is no such thing, or it is not visible to you."),
        new(Internal, "internal", "A bug. Please report it with what is on standard error."),
        new(Interrupted, "interrupted", "Ended by Ctrl+C (SIGINT)."),
        new(Terminated, "terminated", "Ended by SIGTERM."),
    ];
}

/// <param name="Name">Stable, in kebab-case.</param>
/// <param name="Meaning">For the person who reads a script's log.</param>
public sealed record ExitCode(int Code, string Name, string Meaning);
