using Vantage.NodeAgent.Disclosure.Memory.Tables;
using Vantage.Protocol.Disclosure.Tables;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>An answer that is about to leave.</summary>
/// <param name="Id">Its run, and the digest of what it gives: a run that is done again after a crash and gives the same counts once, each of several answers by itself.</param>
/// <param name="Seen">By source or frame, the rows that it may be about; null if they are not known.</param>
internal sealed record Answer(string Id, OrganizationId Requester, IReadOnlyList<(string Data, IReadOnlyList<RowScope>? Scopes)> Seen, long Bytes)
{
    /// <summary>The tables of counts that can be read off it, by columns that are the same in every table of the same rows.</summary>
    public IReadOnlyList<ToldTable> Tables { get; init; } = [];

    /// <summary>The rows of tables of which its own are some, or all.</summary>
    public IReadOnlyList<RowScope> Within { get; init; } = [];

    public IEnumerable<RowScope> Scopes => Seen.SelectMany(data => data.Scopes ?? []);
}

/// <summary>What is remembered, and what follows from it. Not thread-safe.</summary>
internal sealed class MemoryBook
{
    /// <summary>Distinct sets of rows of one source. Each is compared with each new one, and none may be dropped.</summary>
    public const int MostScopes = 4096;

    private readonly Dictionary<string, DatasetMemory> datasets = new(StringComparer.Ordinal);
    private DateOnly today;

    public byte[]? Key { get; private set; }

    public IEnumerable<KeyValuePair<string, DatasetMemory>> Datasets => datasets;

    public void Apply(MemoryRecord record)
    {
        switch (record)
        {
            case MemoryRecord.Began { V: 1 } began when Key is null:
                Key = began.Key;
                break;
            case MemoryRecord.Answered answered:
                foreach (var kept in answered.Scopes)
                {
                    Of(kept.Dataset).Add(kept.Open(), answered.At);
                }

                foreach (var tables in answered.Tables ?? [])
                {
                    Of(tables.Dataset).Tables.Add(tables.Open(), tables.Tables);
                }

                foreach (var dataset in answered.Counted)
                {
                    Of(dataset).Count(answered.Requester, Day(answered.At), answered.Id, answered.Bytes);
                }

                break;
            case MemoryRecord.Kept kept:
                Of(kept.Scope.Dataset).Add(kept.Scope.Open(), kept.At);
                break;
            case MemoryRecord.Told told:
                Of(told.Tables.Dataset).Tables.Add(told.Tables.Open(), told.Tables.Tables);
                break;
            case MemoryRecord.Spent spent:
                today = spent.Day > today ? spent.Day : today;
                Of(spent.Dataset).Count(spent.Requester, spent.Day, spent.Id, spent.Bytes);
                break;
            case MemoryRecord.Forgotten forgotten:
                // What the day's caps count is not given back.
                Of(forgotten.Dataset).Forget(forgotten.At);
                break;
            default:
                throw new FormatException($"A record of the kind {record.GetType().Name} does not stand here.");
        }
    }

    /// <summary>Changes nothing.</summary>
    public MemoryVerdict Judge(Answer answer, MemoryRules rules, DateTimeOffset now)
    {
        var (fresh, day) = (new List<RowScope>(), Day(now));
        string? tells = null;
        if ((rules.Differencing > 0 || (rules.Cells is not null && answer.Tables.Count > 0)) && answer.Seen.FirstOrDefault(data => data.Scopes is null) is { Data: { } unknown })
        {
            return new MemoryVerdict.Unknown(unknown);
        }

        foreach (var scope in rules.Differencing == 0 ? [] : answer.Scopes)
        {
            var dataset = scope.Dataset;
            var known = datasets.GetValueOrDefault(dataset);
            if (known?.Holds(scope) == true)
            {
                continue;
            }

            if ((known?.Scopes.Count ?? 0) + fresh.Count(other => other.Dataset == dataset) >= MostScopes)
            {
                return new MemoryVerdict.Full(dataset);
            }

            if (known?.Tells(scope, rules.Differencing) == true
                || fresh.Exists(other => other.Dataset == dataset && other.TellsWith(scope, rules.Differencing)))
            {
                tells = dataset;
            }

            fresh.Add(scope);
        }

        var counted = rules.Counts ? answer.Seen.SelectMany(data => data.Scopes?.Select(scope => scope.Dataset) ?? [data.Data]).Distinct().ToList() : [];
        if (counted.Select(dataset => Over(dataset, answer, rules, day)).FirstOrDefault(over => over is not null) is { } usedUp)
        {
            return usedUp;
        }

        var tables = TablesLeaving.Of(answer, rules, dataset => datasets.GetValueOrDefault(dataset)?.Tables);
        var writes = fresh.Count == 0 && counted.Count == 0 && tables.New.Count == 0 ? null
            : new MemoryRecord.Answered(now, [.. fresh.Select(KeptScope.Of)], answer.Id, answer.Requester, counted, answer.Bytes)
            {
                Tables = tables.New.Count == 0 ? null : tables.New,
            };
        return tells is not null ? new MemoryVerdict.Tells(tells, writes!)
            : tables.Dataset is not null ? new MemoryVerdict.Links(tables.Dataset, tables.Why, writes!)
            : new MemoryVerdict.Goes(writes);
    }

    /// <summary>All that still matters, in as few records as it takes.</summary>
    public IEnumerable<MemoryRecord> Snapshot()
    {
        if (Key is not null)
        {
            yield return new MemoryRecord.Began(1, Key);
        }

        foreach (var record in datasets.SelectMany(dataset => dataset.Value.Snapshot(dataset.Key, today)))
        {
            yield return record;
        }
    }

    /// <summary>A clock that was set back brings no day back.</summary>
    private DateOnly Day(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return today = day > today ? day : today;
    }

    private DatasetMemory Of(string dataset) =>
        datasets.TryGetValue(dataset, out var known) ? known : datasets[dataset] = new DatasetMemory();

    private MemoryVerdict.UsedUp? Over(string dataset, Answer answer, MemoryRules rules, DateOnly day)
    {
        var (answers, bytes) = datasets.GetValueOrDefault(dataset)?.Had(answer.Requester, day, except: answer.Id) ?? (0, 0);
        return rules.AnswersPerDay > 0 && answers + 1 > rules.AnswersPerDay ? new(dataset, "answersPerDay", rules.AnswersPerDay)
            : rules.BytesPerDay > 0 && bytes + answer.Bytes > rules.BytesPerDay ? new(dataset, "bytesPerDay", rules.BytesPerDay)
            : null;
    }
}
