using Vantage.Protocol.Disclosure.Tables.Linked;

namespace Vantage.NodeAgent.Disclosure.Memory.Tables;

/// <summary>The tables of an answer, beside those that left before about the same rows.</summary>
/// <param name="New">What is to be remembered.</param>
/// <param name="Dataset">Of which source they tell too much; null if of none.</param>
/// <param name="Why">What was found.</param>
internal sealed record TablesLeaving(IReadOnlyList<KeptTables> New, string? Dataset = null, LinkedVerdict Why = LinkedVerdict.Nothing)
{
    /// <summary>Of one source. Each is compared with each new one, and none may be dropped.</summary>
    public const int MostTables = 4096;

    /// <param name="answer">What is about to leave.</param>
    /// <param name="rules">What may be known of a cell; null if tables are not compared.</param>
    /// <param name="known">What left of a source.</param>
    public static TablesLeaving Of(Answer answer, MemoryRules rules, Func<string, TableMemory?> known)
    {
        if (rules.Cells is not { } cells || answer.Tables.Count == 0)
        {
            return new([]);
        }

        var leaving = new TablesLeaving([]);
        foreach (var scope in answer.Scopes)
        {
            var before = known(scope.Dataset);
            var now = (before ?? new()).New(scope.All, answer.Tables);
            if (now.Count == 0)
            {
                continue;
            }

            leaving = leaving with { New = [.. leaving.New, new(scope.Dataset, scope.All.Rows, scope.All.ToBytes(), now)] };
            var verdict = (before?.Count ?? 0) + now.Count > MostTables ? LinkedVerdict.TooLarge
                : LinkedTables.Judge(before?.About(scope.All) ?? [], now, cells);
            if (verdict > leaving.Why)
            {
                leaving = leaving with { Dataset = scope.Dataset, Why = verdict };
            }
        }

        return leaving;
    }
}
