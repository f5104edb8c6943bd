using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Algorithms;

/// <summary>
/// What an algorithm is given about its run, version 1: the file <c>run.json</c>. The node writes it, the algorithm
/// reads it; paths are as the algorithm sees them. It is not signed: members that a reader does not know are ignored.
/// </summary>
public sealed record RunFile
{
    public const int CurrentVersion = 1;

    public const string FileName = "run.json";

    /// <summary>Version of this contract. A reader refuses a version it does not know.</summary>
    public required int V { get; init; }

    /// <summary>Absent for a warm worker, which is told with each call.</summary>
    public RunId? Run { get; init; }

    /// <summary>The AlgorithmRef's text. A worker that does not hold exactly this code refuses the run.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Absent for a warm worker, which is told with each call.</summary>
    public string? Function { get; init; }

    /// <summary>The name of the organization beside whose data this runs. Error texts name it as the site.</summary>
    public string? Site { get; init; }

    /// <summary>
    /// Path of the file that holds the arguments, one JSON value in UTF-8. Absent for a warm worker, which is told with each
    /// call.
    /// </summary>
    public string? Arguments { get; init; }

    /// <summary>
    /// True for a warm worker: it asks <see cref="Algorithms.Gateway.Next"/> for every call, the first included. Only programs
    /// whose manifest says so are started like that.
    /// </summary>
    public bool? Warm { get; init; }

    /// <summary>Empty for a function that needs none.</summary>
    public required IReadOnlyList<RunData> Data { get; init; }

    /// <summary>For a central function: the names of the sites that it may ask, in the order of its answers.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    public required GatewayAddress Gateway { get; init; }

    public required RunLimits Limits { get; init; }

    /// <summary>
    /// What the node lets leave, so that a function can hold back by itself what may not. Absent where nothing is held back, or
    /// the node is of a release that looks at outputs in no way.
    /// </summary>
    public DisclosureRules? Disclosure { get; init; }
}

/// <summary>Where the Gateway is and how it is spoken to.</summary>
/// <param name="Kind">One of <see cref="GatewayKinds"/>.</param>
/// <param name="Address">For <c>unix-http</c>: the path of the Unix socket. For <c>stdio-http</c>: <c>stdio</c>.</param>
public sealed record GatewayAddress(string Kind, string Address);

public static class GatewayKinds
{
    /// <summary>HTTP/1.1 over a Unix socket.</summary>
    public const string UnixHttp = "unix-http";

    /// <summary>HTTP/1.1 in frames (<see cref="GatewayFrame"/>) over standard input and output.</summary>
    public const string StdioHttp = "stdio-http";

    /// <summary>The address of a Gateway that is spoken to over standard streams.</summary>
    public const string Stdio = "stdio";
}

/// <summary>Caps that the node enforces. They are told so that an algorithm can say beforehand what will not fit.</summary>
public sealed record RunLimits
{
    /// <summary>All outputs of the run together.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>All log lines of the run together; what is over is dropped by the node, which says how much.</summary>
    public required long LogBytes { get; init; }

    /// <summary>Null when the node sets none.</summary>
    public long? MemoryBytes { get; init; }
}
