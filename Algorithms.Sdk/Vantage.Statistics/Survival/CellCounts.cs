namespace Vantage.Statistics.Survival;

/// <summary>Events, censorings and entries of one group by time.</summary>
internal sealed class CellCounts
{
    private readonly SortedDictionary<double, (long Events, long Censored)> exits = [];
    private readonly SortedDictionary<double, long> entries = [];

    public long Rows { get; private set; }

    public long Events { get; private set; }

    public IEnumerable<double> Times => exits.Keys.Concat(entries.Keys.Where(double.IsFinite));

    /// <summary>Whether some rows are watched from a later time on.</summary>
    public bool HasEntries => entries.Keys.Any(double.IsFinite);

    public void Add(double start, double stop, bool isEvent, long rows) =>
        Add(start, stop, isEvent ? rows : 0, isEvent ? 0 : rows);

    public static CellCounts Of(IEnumerable<CellTimes> told, double[]? cuts)
    {
        var counts = new CellCounts();
        foreach (var cell in told)
        {
            for (var i = 0; i < cell.Times.Count; i++)
                counts.AddExit(TimeTies.Snap(cuts, cell.Times[i]), cell.Events[i], cell.Censored[i]);
            if (cell.EntryTimes is null)
                counts.AddEntry(double.NegativeInfinity, cell.Events.Sum() + cell.Censored.Sum());
            for (var i = 0; i < cell.EntryTimes?.Count; i++)
                counts.AddEntry(TimeTies.Snap(cuts, cell.EntryTimes[i]), cell.Entered![i]);
        }

        return counts;
    }

    public CellTimes Told(int cell) => new(
        cell,
        [.. exits.Keys],
        [.. exits.Values.Select(e => e.Events)],
        [.. exits.Values.Select(e => e.Censored)],
        HasEntries ? [.. entries.Keys] : null,
        HasEntries ? [.. entries.Values] : null);

    /// <summary>The counts with those at risk just before each time.</summary>
    public IReadOnlyList<TimePoint> Points()
    {
        var points = new List<TimePoint>(exits.Count);
        var entering = entries.ToArray();
        var (entered, left, next) = (0L, 0L, 0);
        foreach (var (time, (events, censored)) in exits)
        {
            for (; next < entering.Length && entering[next].Key < time; next++)
                entered += entering[next].Value;
            points.Add(new(time, entered - left, events, censored));
            left += events + censored;
        }

        return points;
    }

    /// <summary>Just before a time.</summary>
    public long AtRisk(double time) =>
        entries.Where(e => e.Key < time).Sum(e => e.Value)
        - exits.Where(e => e.Key < time).Sum(e => e.Value.Events + e.Value.Censored);

    private void Add(double start, double stop, long events, long censored)
    {
        AddExit(stop, events, censored);
        AddEntry(start, events + censored);
    }

    private void AddExit(double time, long events, long censored)
    {
        var (e, c) = exits.GetValueOrDefault(time);
        exits[time] = (e + events, c + censored);
        Events += events;
        Rows += events + censored;
    }

    private void AddEntry(double time, long rows) => entries[time] = entries.GetValueOrDefault(time) + rows;
}

/// <param name="Time">At which rows end.</param>
/// <param name="AtRisk">Just before it.</param>
/// <param name="Events">Rows that end with the event.</param>
/// <param name="Censored">Rows that end without.</param>
internal readonly record struct TimePoint(double Time, double AtRisk, double Events, double Censored);
