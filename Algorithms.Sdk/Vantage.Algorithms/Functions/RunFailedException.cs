using Vantage.Protocol.Errors;

namespace Vantage.Algorithms.Functions;

/// <summary>
/// A function cannot go on for a reason its asker should read. Any other exception counts as a fault of the function.
/// </summary>
/// <remarks>Messages may name columns, lines and levels of detail, never the values of cells.</remarks>
public class RunFailedException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="RunCodes"/>.</summary>
    public string Code { get; } = code;
}

/// <summary>An argument is wrong.</summary>
public sealed class ArgumentsInvalidException(string argument, string problem)
    : RunFailedException(RunCodes.ArgumentsInvalid, $"Argument '{argument}': {problem}")
{
    /// <summary>Which argument, as the asker wrote it.</summary>
    public string Argument { get; } = argument;
}

/// <summary>The data cannot be read, or is not what the function needs.</summary>
public sealed class DataInvalidException(string message) : RunFailedException(RunCodes.DataInvalid, message);
