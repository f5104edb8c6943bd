using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Planning;

/// <summary>What statements a mapping comes to, over a snapshot of the site's own columns. Pure.</summary>
internal sealed class MappingPlan
{
    private readonly List<(Variable Variable, ValueSql Sql)> values;
    private readonly string from;
    private readonly bool hasKeys;

    /// <param name="raw">The site's columns that are needed, and more.</param>
    /// <param name="variables">Those that are made of them.</param>
    /// <exception cref="Sessions.StepsRefused">An expression does not fit the columns' types.</exception>
    public MappingPlan(SourceMapping mapping, string source, Snapshot raw, IReadOnlyList<Variable> variables)
    {
        var input = PlanInput.Of("raw", raw, FrameShape.OfSource(source, raw.Columns));
        List<PlanColumn> columns = [.. raw.Columns.Select((column, i) => new PlanColumn(column.Name, $"r{i}", column.Type, []))];
        from = $"({input.Read(columns)})";
        hasKeys = raw.HasKeys;
        values = [.. variables.Select(variable => (variable, ValueSql.Of(variable, mapping.Of(variable),
            columns.ToDictionary(column => column.Name, column => Present(column, mapping.Dictionary.MissingOf(variable)), StringComparer.Ordinal), input.Decimal)))];
    }

    public IReadOnlyList<ColumnSchema> Columns => [.. values.Select(value => new ColumnSchema(value.Variable.Name, ValueSql.TypeOf(value.Variable)))];

    /// <summary>One row: how many rows there are; then for each variable how many are present, are values, and fail each rule.</summary>
    public string Counts => $"SELECT count(*), {string.Join(", ", values.SelectMany((value, i) => (string[])
        [$"count(*) FILTER (p{i})", $"count(v{i})", .. Rules(i).Select(rule => $"count(*) FILTER (NOT {rule})")]))} FROM ({Level})";

    /// <summary>The rows, with what does not fit missing.</summary>
    public string Rows => $"SELECT {string.Join(", ", values.Select((value, i) => $"{Kept(i)} AS {DuckSession.Named(value.Variable.Name)}"))}"
        + $"{(hasKeys ? $", k AS {DuckSession.Named(RowKeys.Column)}" : "")} FROM ({Level}) ORDER BY n";

    /// <summary>What the columns of <see cref="Counts"/> are.</summary>
    public IReadOnlyList<(Variable Variable, IReadOnlyList<Misfit> Rules)> Asked => [.. values.Select(value => (value.Variable, (IReadOnlyList<Misfit>)[.. value.Sql.Rules.Select(rule => rule.Misfit)]))];

    private string Level => $"SELECT n, k, {string.Join(", ", values.Select((value, i) => $"{value.Sql.Present} AS p{i}, {value.Sql.Value} AS v{i}"))} FROM {from}";

    private IEnumerable<string> Rules(int i) => values[i].Sql.Rules.Select(rule => rule.Holds($"v{i}"));

    private string Kept(int i) => values[i].Sql.Rules.Count == 0 ? $"v{i}" : $"CASE WHEN {string.Join(" AND ", Rules(i))} THEN v{i} END";

    /// <summary>A number is held against the codes that are numbers: 999 is 999.0 there.</summary>
    private static Sql Present(PlanColumn column, IReadOnlyList<string> missing)
    {
        var codes = column.Type == ColumnType.Text
            ? missing.Select(DuckSession.Quoted).ToList()
            : [.. missing.Where(code => double.TryParse(code, System.Globalization.CultureInfo.InvariantCulture, out _))
                .Select(code => $"TRY_CAST({DuckSession.Quoted(code)} AS DOUBLE)")];
        return codes.Count == 0 ? column.Sql
            : new($"(CASE WHEN {column.Id} IN ({string.Join(", ", codes)}) THEN NULL ELSE {column.Id} END)", column.Sql.Kind, IsPlain: true);
    }
}
