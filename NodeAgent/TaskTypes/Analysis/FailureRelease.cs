using System.Globalization;
using System.Text.RegularExpressions;
using Vantage.NodeAgent.Policy;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>
/// How much of an algorithm's own words about its failure leaves the node. They come from beside the data and may hold
/// some of it, by accident or by design.
/// </summary>
internal static partial class FailureRelease
{
    private static readonly Dictionary<string, string> Known = new()
    {
        [RunCodes.AlgorithmUnknown] = "does not know what was asked of it",
        [RunCodes.ArgumentsInvalid] = "does not take these arguments",
        [RunCodes.DataInvalid] = "can't work on these data",
        [RunCodes.OutputTooLarge] = "gave more than it may",
        [RunCodes.AlgorithmNoOutput] = "gave no result",
        [RunCodes.SitesFailed] = "needs an answer of every site",
        [RunCodes.AlgorithmFailed] = "failed",
    };

    public static (string Code, string Message, string? Detail) Of(RunFailure told, TaskManifest manifest, AcceptRule rule)
    {
        // The code comes from inside as well: any but the agreed ones is taken for the last.
        var code = Known.ContainsKey(told.Code) ? told.Code : RunCodes.AlgorithmFailed;
        if (rule.Errors == ErrorRelease.Release)
        {
            return (code, told.Message, string.Join('\n', new[] { told.Type, told.Detail }.OfType<string>()));
        }

        return IsSafe(code, manifest)
            ? (code, told.Message, null)
            : (code, $"'{manifest.Function}' {Known[code]}{At(told, manifest)}. This node withholds the algorithm's own words (rule"
                + $" '{rule.Name}', 'errors: code-only'), since they may hold data; its admin can see them in a test run.", null);
    }

    /// <summary>Code that ships with the node is the node's own: what it says of arguments and of data names columns and lines, never cells.</summary>
    private static bool IsSafe(string code, TaskManifest manifest) =>
        manifest.Algorithm.Kind == AlgorithmKind.Builtin && code is RunCodes.ArgumentsInvalid or RunCodes.DataInvalid;

    /// <summary>The line, and the file's name where the code is the node's own: a name could be made of data.</summary>
    private static string At(RunFailure told, TaskManifest manifest)
    {
        if (told.Detail is not { } detail || Place().Match(detail) is not { Success: true } place)
        {
            return "";
        }

        var line = int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture);
        return manifest.Algorithm.Kind == AlgorithmKind.Builtin
            ? $" at {place.Groups["file"].Value}:{line}"
            : $" at line {line}";
    }

    [GeneratedRegex(@"(?<file>[A-Za-z0-9_.-]{1,64}):line (?<line>[0-9]{1,6})\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
