using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;

namespace Vantage.Statistics.Survival;

/// <summary>What a site is asked, once the sites have agreed.</summary>
/// <param name="Columns">The columns that the formula names: no others may be read.</param>
/// <param name="Model">On what they agreed.</param>
public sealed record SurvivalStep(
    [property: ColumnNames]
    [property: Description("The columns that the formula names.")]
    IReadOnlyList<string> Columns,
    [property: Description("On what the sites agreed.")] SurvivalSpec Model) : IArguments
{
    /// <inheritdoc/>
    public void Check() => SurvivalQuestion.ThrowIfOtherColumns(Columns, Model.Parsed());
}

/// <summary>How many rows leave at each time, and enter. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Cells">Groups within strata that have rows here.</param>
public sealed record TimeCountsPartial(long Rows, IReadOnlyList<CellTimes> Cells);

/// <param name="Cell">The stratum's place times the number of groups, plus the group's place.</param>
/// <param name="Times">At which rows end, ascending, each once.</param>
/// <param name="Events">Rows that end with the event.</param>
/// <param name="Censored">Rows that end without.</param>
/// <param name="EntryTimes">After which rows are watched, ascending, each once; null where all are from the beginning.</param>
/// <param name="Entered">How many.</param>
public sealed record CellTimes(
    int Cell,
    IReadOnlyList<double> Times,
    IReadOnlyList<long> Events,
    IReadOnlyList<long> Censored,
    IReadOnlyList<double>? EntryTimes,
    IReadOnlyList<long>? Entered);

/// <summary>One pass over a site's rows, the counts in memory.</summary>
internal static class TimeCounts
{
    public static async Task<TimeCountsPartial> ComputeAsync(
        SurvivalStep step, ITable table, CancellationToken cancellationToken)
    {
        var (rows, cells) = await CountAsync(step, table, cancellationToken);
        return new(rows, [.. cells.Select(c => c.Value.Told(c.Key))]);
    }

    public static async Task<(long Rows, SortedDictionary<int, CellCounts> Cells)> CountAsync(
        SurvivalStep step, ITable table, CancellationToken cancellationToken)
    {
        var source = step.Model.Rows(table);
        var cells = new SortedDictionary<int, CellCounts>();
        var rows = 0L;
        await foreach (var row in source.ReadAsync(null, cancellationToken))
        {
            var cell = (row.Stratum * source.Groups.Count) + row.Group;
            if (!cells.TryGetValue(cell, out var counts))
                cells.Add(cell, counts = new());
            counts.Add(row.Start, row.Stop, row.IsEvent, 1);
            rows++;
        }

        return (rows, cells);
    }
}
