using Vantage.NodeAgent.Disclosure.Memory.Sketches;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Disclosure.Tables;
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
        foreach (var (dataset, rows, tables) in About(answer))
        {
            var before = known(dataset);
            var now = (before ?? new()).New(rows, tables);
            if (now.Count == 0)
            {
                continue;
            }

            leaving = leaving with { New = [.. leaving.New, new(dataset, rows.Rows, rows.ToBytes(), now)] };
            var verdict = (before?.Count ?? 0) + now.Count > MostTables ? LinkedVerdict.TooLarge
                : LinkedTables.Judge(before?.About(rows) ?? [], now, cells);
            if (verdict > leaving.Why)
            {
                leaving = leaving with { Dataset = dataset, Why = verdict };
            }
        }

        return leaving;
    }

    /// <summary>The tables as such of the answer's own rows, and, of a frame, as such of all rows that it was cut from: what it leaves out may be few.</summary>
    private static IEnumerable<(string Dataset, RowSketch Rows, IReadOnlyList<ToldTable> Tables)> About(Answer answer)
    {
        foreach (var scope in answer.Scopes)
        {
            yield return (scope.Dataset, scope.All, answer.Tables);
            // The same rows by whatever frame are the same word.
            var frame = $"rows {Digest.Of(scope.All.ToBytes())}";
            foreach (var wider in answer.Within.Where(w => w.Dataset == scope.Dataset && !w.All.IsOfSameRows(scope.All)).DistinctBy(w => (w.All.Rows, Digest.Of(w.All.ToBytes()))))
            {
                yield return (wider.Dataset, wider.All, [.. answer.Tables.Select(table => table.Among(frame))]);
            }
        }
    }
}
