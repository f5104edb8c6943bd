using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Sessions;

/// <summary>How many rows a frame has, as its site lets it be known: a count that steps down by one tells of one person.</summary>
internal static class RowsTold
{
    /// <summary>Down to a multiple of the fewest rows that the rule lets be computed on, or be told of.</summary>
    public static long Of(AcceptRule rule, long rows)
    {
        var step = Math.Max(rule.MinimumRows, Math.Max(rule.Disclosure.MinimumCell, rule.Disclosure.Rounding));
        return rows / step * step;
    }
}
