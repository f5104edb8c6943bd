namespace Vantage.Protocol.Algorithms;

/// <summary>
/// Why a run has no result. <paramref name="Code"/> may be shown to anyone; the rest is for the node to seal, since
/// texts may say what is in the data.
/// </summary>
/// <param name="Code">One of <see cref="RunFailureCodes"/>.</param>
/// <param name="Message">What went wrong, where, and what to do, for a person.</param>
/// <param name="Function">The function that was asked for.</param>
/// <param name="Type">The exception's type, when there was one.</param>
/// <param name="Detail">Stack trace or the like.</param>
public sealed record RunFailure(string Code, string Message, string? Function = null, string? Type = null, string? Detail = null);

/// <summary>Stable codes for a failure inside the algorithm's process.</summary>
public static class RunFailureCodes
{
    /// <summary>run.json could not be read, or is of a version this worker does not know.</summary>
    public const string RunFileInvalid = "run-file-invalid";

    /// <summary>This worker does not hold exactly the code that the AlgorithmRef names.</summary>
    public const string AlgorithmNotHere = "algorithm-not-here";

    /// <summary>The algorithm has no such function.</summary>
    public const string FunctionNotFound = "function-not-found";

    /// <summary>The arguments are not what the function takes; the message names the argument.</summary>
    public const string ArgumentsInvalid = "arguments-invalid";

    /// <summary>The data cannot be read or is not what the function needs; the message says where.</summary>
    public const string DataInvalid = "data-invalid";

    /// <summary>The run's outputs exceed their cap.</summary>
    public const string OutputTooLarge = "output-too-large";

    /// <summary>The node stopped the run.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The function threw.</summary>
    public const string FunctionFailed = "function-failed";
}
