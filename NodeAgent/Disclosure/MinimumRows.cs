using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.Disclosure;

/// <summary>Few rows are close to single people: a mean over one row is that row.</summary>
internal static class MinimumRows
{
    /// <summary>Null if there are enough. How many there are is not said: for a few rows, that is a result in itself.</summary>
    public static string? Refusal(AcceptRule rule, string source, long rows, string noun = "Source") =>
        rows >= rule.MinimumRows
            ? null
            : $"{noun} '{source}' has fewer rows than the {rule.MinimumRows} that rule '{rule.Name}' of this node's policy asks for, so"
              + " nothing was computed on it.";
}
