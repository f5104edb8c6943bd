using System.Collections.Immutable;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>Steps that are about more than one row or table.</summary>
internal sealed partial class FramePlanner
{
    private void Join(JoinStep step)
    {
        if (!inputs.TryGetValue(step.With, out var other))
        {
            throw new StepsRefused($"the task has no data labelled '{step.With}'. It has: {Listed(inputs.Keys)}.");
        }

        var theirs = Named(other.Shape);
        PlanColumn Theirs(string name) => theirs.Find(c => c.Name == name) ?? throw new StepsRefused($"in '{step.With}' " + StepsRefused.NoColumn(name, theirs.Select(c => c.Name)).Message);
        var on = Distinct(step.On).Select(name => (Mine: Find(name), Theirs: Theirs(name))).ToList();
        if (on.Find(pair => pair.Mine.Type != pair.Theirs.Type).Mine is { } unequal)
        {
            throw new StepsRefused($"'{unequal.Name}' holds texts on one side and numbers on the other. Recode it on one of them, or ask the site to declare its type ('types' of the source).");
        }

        var taken = Distinct(step.Take).Select(Theirs).ToList();
        if (taken.Find(c => columns.Exists(mine => mine.Name == c.Name)) is { } clash)
        {
            throw new StepsRefused($"both sides have a column '{clash.Name}'. Prepare a frame of '{step.With}' that derives it by another name, and join that.");
        }

        var table = $"({other.Read([.. on.Select(pair => pair.Theirs), .. taken])})";
        checks.Add(new PlanCheck(
            $"SELECT 1 FROM {table} WHERE {string.Join(" AND ", on.Select(p => $"{p.Theirs.Id} IS NOT NULL"))} GROUP BY {string.Join(", ", on.Select(p => p.Theirs.Id))} HAVING count(*) > 1 LIMIT 1",
            $"rows of '{step.With}' are equal in {Listed(step.On)}, so that a row of this table would become several. Aggregate it to a frame first."));
        var decided = on.SelectMany(p => p.Mine.From.Union(p.Theirs.From)).Concat(other.Shape.Rows).ToImmutableHashSet();
        if (step.Rows == JoinRows.Matched)
        {
            rows = rows.Union(decided);
        }

        sources = sources.Union(other.Shape.Sources);
        Level($"SELECT l.* EXCLUDE (k), concat_ws(' ', l.k, r.k) AS k, {string.Join(", ", taken.Select(c => $"r.{c.Id}"))} FROM {Last} AS l {(step.Rows == JoinRows.All ? "LEFT" : "INNER")} JOIN {table} AS r"
            + $" ON {string.Join(" AND ", on.Select(p => $"l.{p.Mine.Id} = r.{p.Theirs.Id}"))}");
        columns.AddRange(taken.Select(c => c with { From = c.From.Union(decided), Made = null }));
    }

    private void Aggregate(AggregateStep step)
    {
        var by = Distinct(step.By).Select(Find).ToList();
        if (step.Values.Count > MaxListed)
        {
            throw new StepsRefused($"at most {MaxListed} values of each group.");
        }

        var groups = by.SelectMany(c => c.From).ToImmutableHashSet();
        var values = step.Values.Select(value => (Value: value, From: Value(value), Id: NewId())).ToList();
        _ = Distinct([.. step.By, .. step.Values.Select(v => New(v.Column))]);
        var keys = string.Join(", ", by.Select(c => c.Id));

        // The group's mean is taken first: squares of differences from it lose nothing, sums of squares do.
        Level($"SELECT *{string.Concat(values.Where(v => v.Value.Of == GroupFunction.Sd).Select(v => $", favg({v.From!.Id}) OVER (PARTITION BY {keys}) AS {v.Id}m"))} FROM {Last}");
        Level($"SELECT {keys}, CASE WHEN sum(len(k) - len(replace(k, ' ', '')) + 1) > {RowKeys.MostNamed} THEN '{RowKeys.TooMany}' ELSE string_agg(k, ' ' ORDER BY n) END AS k{string.Concat(values.Select(v => $", {Sql(v.Value.Of, v.From?.Id, v.Id)} AS {v.Id}r"))} FROM {Last} GROUP BY {keys}");
        Level($"SELECT row_number() OVER (ORDER BY {string.Join(", ", by.Select(c => $"{c.Id} ASC NULLS LAST"))}) AS n, k, {keys}{string.Concat(values.Select(v =>
            $", CASE WHEN isfinite({v.Id}r) THEN {(v.Value.Of == GroupFunction.Sd ? $"sqrt({v.Id}r)" : $"{v.Id}r")} END AS {v.Id}"))} FROM {Last}");
        rows = rows.Union(groups);
        columns = [.. by.Select(c => c with { Made = null }), .. values.Select(v => new PlanColumn(v.Value.Column, v.Id, ColumnType.Number, groups.Union(v.From?.From ?? [])))];
    }

    private PlanColumn? Value(GroupValue value) => value switch
    {
        { Of: GroupFunction.Count, From: null } => null,
        { Of: GroupFunction.Count, From: { } counted } => Find(counted),
        { From: { } from } => FindNumber(from),
        _ => throw new StepsRefused($"'{value.Column}' does not say of which column: \"from\"."),
    };

    private static string Sql(GroupFunction of, string? column, string id) => of switch
    {
        GroupFunction.Count => $"CAST(count({column ?? "*"}) AS DOUBLE)",
        GroupFunction.Sum => $"coalesce(fsum({column}), CAST(0 AS DOUBLE))",
        GroupFunction.Mean => $"favg({column})",
        GroupFunction.Min => $"min({column})",
        GroupFunction.Max => $"max({column})",
        _ => $"fsum(({column} - {id}m) * ({column} - {id}m)) / nullif(count({column}) - 1, 0)",
    };
}
