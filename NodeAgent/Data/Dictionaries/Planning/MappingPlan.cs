using Vantage.DuckDb;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Planning;

/// <summary>What statements variables come to. Pure.</summary>
/// <param name="input">The site's columns.</param>
/// <param name="values">What is made of them.</param>
internal sealed class MappingPlan(MappingInput input, IReadOnlyList<(Variable Variable, ValueSql Sql)> values)
{
    public IReadOnlyList<ColumnSchema> Columns => [.. values.Select(value => new ColumnSchema(value.Variable.Name, ValueSql.TypeOf(value.Variable)))];

    /// <summary>One row: how many rows there are; then for each variable how many are present, are values, and fail each rule.</summary>
    public string Counts => $"SELECT count(*), {string.Join(", ", values.SelectMany((value, i) => (string[])
        [$"count(*) FILTER (p{i})", $"count(v{i})", .. Rules(i).Select(rule => $"count(*) FILTER (NOT {rule})")]))} FROM ({Level})";

    /// <summary>The rows, with what does not fit missing.</summary>
    /// <param name="withKeys">And, where it is known, which rows of the source they are.</param>
    public string Rows(bool withKeys) => $"SELECT {string.Join(", ", values.Select((value, i) => $"{Kept(i)} AS {DuckSession.Named(value.Variable.Name)}"))}"
        + $"{(withKeys && input.HasKeys ? $", k AS {DuckSession.Named(RowKeys.Column)}" : "")} FROM ({Level}) ORDER BY n";

    /// <summary>What the columns of <see cref="Counts"/> are.</summary>
    public IReadOnlyList<(Variable Variable, IReadOnlyList<Misfit> Rules)> Asked => [.. values.Select(value => (value.Variable, (IReadOnlyList<Misfit>)[.. value.Sql.Rules.Select(rule => rule.Misfit)]))];

    private string Level => $"SELECT n, k, {string.Join(", ", values.Select((value, i) => $"{value.Sql.Present} AS p{i}, {value.Sql.Value} AS v{i}"))} FROM {input.From(values.Select(value => value.Variable))}";

    private IEnumerable<string> Rules(int i) => values[i].Sql.Rules.Select(rule => rule.Holds($"v{i}"));

    private string Kept(int i) => values[i].Sql.Rules.Count == 0 ? $"v{i}" : $"CASE WHEN {string.Join(" AND ", Rules(i))} THEN v{i} END";
}
