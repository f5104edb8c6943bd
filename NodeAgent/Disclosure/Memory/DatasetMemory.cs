using Vantage.NodeAgent.Disclosure.Memory.Tables;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>What left about one source. Not thread-safe.</summary>
internal sealed class DatasetMemory
{
    private readonly List<RowScope> scopes = [];
    private readonly List<DateTimeOffset> since = [];
    private readonly Dictionary<OrganizationId, Spending> spent = [];

    /// <summary>Of one organization on one day.</summary>
    private sealed class Spending
    {
        public DateOnly Day { get; init; }

        public Dictionary<string, long> Answers { get; } = [];
    }

    /// <summary>Different sets of rows that answers were about.</summary>
    public IReadOnlyList<RowScope> Scopes => scopes;

    public DateTimeOffset? First => since.Count == 0 ? null : since[0];

    public DateTimeOffset? Last => since.Count == 0 ? null : since[^1];

    /// <summary>Tables of counts that left.</summary>
    public TableMemory Tables { get; } = new();

    public DateTimeOffset? ForgottenAt { get; private set; }

    public bool Holds(RowScope scope) => scopes.Exists(scope.IsSame);

    public bool Tells(RowScope scope, int enough) => scopes.Exists(earlier => earlier.TellsWith(scope, enough));

    public void Add(RowScope scope, DateTimeOffset at)
    {
        if (!Holds(scope))
        {
            scopes.Add(scope);
            since.Add(at);
        }
    }

    public void Forget(DateTimeOffset at)
    {
        scopes.Clear();
        since.Clear();
        Tables.Clear();
        ForgottenAt = at;
    }

    /// <summary>The same answer of a run that was done again counts once.</summary>
    public void Count(OrganizationId requester, DateOnly day, string id, long bytes)
    {
        if (!spent.TryGetValue(requester, out var today) || today.Day < day)
        {
            spent[requester] = today = new Spending { Day = day };
        }

        today.Answers[id] = Math.Max(today.Answers.GetValueOrDefault(id), bytes);
    }

    /// <summary>Answers of that day, and their bytes.</summary>
    public (int Answers, long Bytes) Had(OrganizationId requester, DateOnly day, string? except = null)
    {
        var answers = spent.TryGetValue(requester, out var today) && today.Day == day
            ? today.Answers.Where(answer => answer.Key != except).ToList() : [];
        return (answers.Count, answers.Sum(answer => answer.Value));
    }

    public IEnumerable<(OrganizationId Requester, int Answers, long Bytes)> On(DateOnly day) =>
        spent.Select(requester => (requester.Key, Had(requester.Key, day))).Where(had => had.Item2.Answers > 0)
            .Select(had => (had.Key, had.Item2.Answers, had.Item2.Bytes));

    public IEnumerable<MemoryRecord> Snapshot(string dataset, DateOnly today)
    {
        // Of whom and by which run does not matter for what is compared.
        foreach (var (scope, index) in scopes.Select((scope, index) => (scope, index)))
        {
            yield return new MemoryRecord.Kept(since[index], KeptScope.Of(scope));
        }

        foreach (var (rows, tables) in Tables.All)
        {
            yield return new MemoryRecord.Told(new KeptTables(dataset, rows.Rows, rows.ToBytes(), tables));
        }

        foreach (var (requester, spending) in spent.Where(pair => pair.Value.Day >= today))
        {
            foreach (var (id, bytes) in spending.Answers)
            {
                yield return new MemoryRecord.Spent(dataset, requester, spending.Day, id, bytes);
            }
        }
    }
}
