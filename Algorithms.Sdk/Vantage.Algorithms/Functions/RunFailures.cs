using Vantage.Algorithms.Federations;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Algorithms.Functions;

/// <summary>How exceptions of a function are told to those who asked.</summary>
public static class RunFailures
{
    private const int LongestDetail = 32 * 1024;

    /// <summary>What the asker is told of an exception that a function ended with.</summary>
    public static RunFailure Of(Exception exception, string function) => exception switch
    {
        SitesFailedException missing => new(RunCodes.SitesFailed, Cut(missing.Message), function),
        RunFailedException expected => new(expected.Code, Cut(expected.Message), function),
        _ => new(
            RunCodes.AlgorithmFailed,
            Cut($"The function '{function}' failed: {exception.Message}"),
            function,
            exception.GetType().FullName,
            Cut(exception.ToString())),
    };

    /// <summary>The run wrote more than <see cref="RunLimits.OutputBytes"/>.</summary>
    public static RunFailedException OutputTooLarge(RunLimits limits) => new(
        RunCodes.OutputTooLarge,
        $"The run's outputs exceed {limits.OutputBytes} bytes. Ask for less, or have the node's policy allow more.");

    private static string Cut(string text) => text.Length <= LongestDetail ? text : text[..LongestDetail] + "…";
}
