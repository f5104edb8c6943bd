using Vantage.NodeAgent.Data.DuckDb;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>
/// A frame of many columns is made some columns at a time, each time by the same steps, but of those columns only that these need.
/// Rows stay the same and in order, since what decides about them is never left out. Pure.
/// </summary>
internal static class FrameParts
{
    /// <summary>Which columns of the frame are made together: all, where rows become others, whose order is that of one statement.</summary>
    public static IReadOnlyList<IReadOnlyList<ColumnSchema>> Of(IReadOnlyList<FrameStep> steps, FrameShape shape)
    {
        IReadOnlyList<ColumnSchema> columns = [.. shape.Columns.Select(column => new ColumnSchema(column.Name, column.Type))];
        return steps.Any(step => step is AggregateStep) ? [columns] : CsvParts.Of(columns);
    }

    /// <summary>The columns that have to be there for a part, and the steps as far as they are about them.</summary>
    public static (IReadOnlySet<string> Columns, IReadOnlyList<FrameStep> Steps) Narrow(IReadOnlyList<FrameStep> steps, IReadOnlyList<ColumnSchema> part)
    {
        var kept = part.Select(column => column.Name).Concat(steps.SelectMany(Needed)).ToHashSet(StringComparer.Ordinal);
        // A step is about one column at least.
        foreach (var listed in steps.Select(Listed).Where(listed => listed is { Count: > 0 } && !listed.Any(kept.Contains)))
        {
            kept.Add(listed![0]);
        }

        return (kept, [.. steps.Select(step => step switch
        {
            SelectStep select => select with { Columns = Among(select.Columns) },
            JoinStep join => join with { Take = Among(join.Take) },
            ImputeStep impute => impute with { Columns = Among(impute.Columns) },
            _ => step,
        })]);

        IReadOnlyList<string> Among(IReadOnlyList<string> names) => [.. names.Where(kept.Contains)];
    }

    /// <summary>Columns that come or go by themselves.</summary>
    private static IReadOnlyList<string>? Listed(FrameStep step) => step switch
    {
        SelectStep select => select.Columns,
        JoinStep join => join.Take,
        ImputeStep impute => impute.Columns,
        _ => null,
    };

    /// <summary>Columns without which a step can't be done at all.</summary>
    private static IEnumerable<string> Needed(FrameStep step) => step is SelectStep or ImputeStep ? [] : NeededColumns.Named(step);
}
