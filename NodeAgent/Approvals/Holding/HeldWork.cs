using Vantage.NodeAgent.Runs;

namespace Vantage.NodeAgent.Approvals.Holding;

/// <summary>What is kept of a run that waits: what is asked, and how its work ended, if it was done.</summary>
internal sealed record HeldWork(ApprovalCase Case)
{
    /// <summary>Null before a run.</summary>
    public HeldEnd? End { get; init; }
}

/// <summary>How finished work ended, as the executor told it. Its output and log lie beside it.</summary>
/// <param name="Code">Null if it succeeded.</param>
internal sealed record HeldEnd(string? Code, string? Message, string? Detail)
{
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public IReadOnlyList<DatasetUsed> Datasets { get; init; } = [];

    /// <summary>Values that disclosure control held back.</summary>
    public int HeldBack { get; init; }

    public string? Sandbox { get; init; }

    public IReadOnlyDictionary<string, string> Enforced { get; init; } = new Dictionary<string, string>();

    public static HeldEnd Of(RunEnd end)
    {
        var failed = end as RunEnd.Failed;
        return new HeldEnd(failed?.Code, failed?.Message, failed?.Detail)
        {
            StartedAt = end.Facts.StartedAt,
            FinishedAt = end.Facts.FinishedAt,
            Datasets = end.Facts.Datasets,
            HeldBack = end.Facts.HeldBack,
            Sandbox = end.Facts.Sandbox,
            Enforced = end.Facts.Enforced,
        };
    }

    public ExecutionFacts Facts() => new(StartedAt, FinishedAt)
    {
        Datasets = Datasets,
        HeldBack = HeldBack,
        Sandbox = Sandbox,
        Enforced = Enforced,
    };
}
