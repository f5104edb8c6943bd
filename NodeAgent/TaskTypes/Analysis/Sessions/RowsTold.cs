using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Sessions;

/// <summary>How many rows a frame has, as its site lets it be known: a count that steps down by one tells of one person.</summary>
internal static class RowsTold
{
    /// <summary>Down to a multiple of the fewest rows that the rule lets be computed on.</summary>
    public static long Of(AcceptRule rule, long rows) => rows / rule.MinimumRows * rule.MinimumRows;
}
