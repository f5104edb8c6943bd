using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Calls;

/// <summary>What the programs of one run of calls have in common.</summary>
/// <param name="Deadline">None of them works beyond it.</param>
internal sealed record CallsWork(RunOrder Order, CallEnds Ends, IRunProgress Progress, DateTimeOffset Deadline) : IDisposable
{
    private RunLog? log;
    private RunLog? nobody;

    /// <summary>Numbers the programs, whose marks and folders need names.</summary>
    public int Programs { get; set; }

    /// <summary>Nothing that was logged leaves.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What the calls may hand out together is what one run may: each takes of it.</summary>
    public long Taken { get; set; }

    /// <summary>What may leave of what the programs said; null for nothing.</summary>
    public string? LogPath => !IsSilent && log is { HasLines: true } ? log.Path : null;

    /// <summary>One for all programs whose rule lets it leave; what the others say is heard by nobody.</summary>
    public RunLog LogOf(AcceptRule rule, long cap) => rule.Logs == LogRelease.Release
        ? log ??= new RunLog(Path.Combine(Order.WorkDirectory, "log.txt"), cap)
        : nobody ??= new RunLog(Path.Combine(Order.WorkDirectory, "unsaid.txt"), 0);

    public void Tell() => Progress.Percent(100 * Ends.Done / Math.Max(1, Ends.Count));

    public void Dispose()
    {
        log?.Dispose();
        nobody?.Dispose();
    }
}
