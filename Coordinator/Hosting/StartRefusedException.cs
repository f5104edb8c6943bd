namespace Vantage.Coordinator.Hosting;

/// <summary>
/// The Coordinator can't start as it was told to. The message is for the operator: what, where, which setting and what
/// to do next. It is printed without a stack trace.
/// </summary>
internal sealed class StartRefusedException(string message, ExitCode exitCode = ExitCode.CannotStart, Exception? inner = null)
    : Exception(message, inner)
{
    public ExitCode ExitCode { get; } = exitCode;
}

/// <summary>Listed in <c>docs/coordinator-admin.md</c>; scripts rely on them.</summary>
internal enum ExitCode
{
    Stopped = 0,

    /// <summary>A bug, or something that broke while running.</summary>
    Failed = 1,

    /// <summary>The command line was not understood, or settings break a rule.</summary>
    Misused = 2,

    /// <summary>Settings are fine, yet the machine is not: data directory, permissions, native parts.</summary>
    CannotStart = 3,

    /// <summary>The address to listen on belongs to somebody else.</summary>
    AddressInUse = 4,

    /// <summary>Another Coordinator works on the same data directory.</summary>
    DataInUse = 5,

    /// <summary>The database can't be reached, or is not fit for this program.</summary>
    DatabaseUnfit = 6,
}
