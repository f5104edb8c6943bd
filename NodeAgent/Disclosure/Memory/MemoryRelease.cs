using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Disclosure.Tables;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>Holds an answer that passed all other rules against those that left before it.</summary>
internal static class MemoryRelease
{
    /// <summary>What receipts call it.</summary>
    public const string Rule = "differencing";

    /// <param name="ask">Makes an end wait for a person.</param>
    public static RunEnd Pass(RunOrder order, RunPermit permit, PreparedData data, RunEnd end, Func<RunEnd, RunEnd> ask)
    {
        var rules = permit.Rule.Memory;
        if (data.Memory is not { } memory || rules.IsNone || data.Snapshots.Count == 0 || !HoldsContent(permit, end))
        {
            return end;
        }

        var output = end as RunEnd.Succeeded;
        var answer = new Answer($"{order.Run} {output?.Digest}", order.Requester.Organization, data.Seen, output?.Size ?? 0)
        {
            Tables = Tables(data, output?.Told ?? []),
            Within = [.. data.Snapshots.Values.SelectMany(table => table.Frame?.Within ?? [])],
        };
        return memory.Take(answer, rules) switch
        {
            MemoryVerdict.Goes => Noted(end, "compared with what left before"),
            MemoryVerdict.Tells or MemoryVerdict.Links when rules.OnDifference == OnDifference.Ask => ask(Noted(end, "too close to what left before: a person was asked")),
            var no => new RunEnd.Refused(RunCodes.PolicyRefused, permit.Rule.Name, MemoryWords.For(no, permit.Rule), Noted(end, "refused").Facts with { HeldBack = 1 }),
        };
    }

    /// <summary>By what their columns are wherever they stand. Of several tables of data nobody says which one a count is of.</summary>
    private static IReadOnlyList<ToldTable> Tables(PreparedData data, IReadOnlyList<ToldTable> told) => data.Snapshots.Count != 1 ? []
        : [.. told.Select(table => table with { Axes = [.. table.Axes.Select(axis => axis with { Column = Made(data, axis.Column) })] })];

    private static string Made(PreparedData data, string column) =>
        data.Snapshots.Values.Single().Frame is { } frame ? frame.Made[column] : FrameShape.MadeIn(data.Seen[0].Data, column);

    /// <summary>An algorithm's own words hold what it chose to say.</summary>
    private static bool HoldsContent(RunPermit permit, RunEnd end) => end switch
    {
        RunEnd.Succeeded => true,
        RunEnd.Failed => permit.Rule.Errors == Policy.ErrorRelease.Release || end.LogPath is not null,
        _ => end.LogPath is not null,
    };

    private static RunEnd Noted(RunEnd end, string what) => end with
    {
        Facts = end.Facts with
        {
            Enforced = new SortedDictionary<string, string>(end.Facts.Enforced.ToDictionary(), StringComparer.Ordinal) { [Rule] = what },
        },
    };
}
