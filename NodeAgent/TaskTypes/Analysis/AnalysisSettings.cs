namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <param name="Site">How algorithms' error texts call this site; null for "this site".</param>
internal sealed record AnalysisSettings(string? Site = null)
{
    /// <summary>What a run may log; the rest is dropped.</summary>
    public long LogBytes { get; init; } = 1024 * 1024;
}
