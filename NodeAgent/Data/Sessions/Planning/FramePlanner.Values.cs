using System.Globalization;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>Steps that compute one row's values of that row, and of the site's own means.</summary>
internal sealed partial class FramePlanner
{
    private void Derive(DeriveStep step)
    {
        var (sql, named) = Read(step.As);
        var value = sql.Kind == ValueKind.Truth
            ? $"CASE {sql.Text} WHEN TRUE THEN CAST(1 AS DOUBLE) WHEN FALSE THEN CAST(0 AS DOUBLE) END"
            : ExpressionSql.Finite(sql).Text;
        var of = named.Select(Find).ToList();
        var made = of is [var same] && same.Id == sql.Text ? same.Made : Made(step with { Column = "" }, of);
        Put((new(New(step.Column), NewId(), sql.Kind == ValueKind.Text ? ColumnType.Text : ColumnType.Number, From(named), made), value));
    }

    private void Recode(RecodeStep step)
    {
        var column = Find(step.Column);
        if (step.Values.Count is 0 or > MaxListed)
        {
            throw new StepsRefused($"between 1 and {MaxListed} values can be replaced.");
        }

        if (step.Values.GroupBy(v => v.From).Any(g => g.Skip(1).Any()))
        {
            throw new StepsRefused("a value is replaced twice.");
        }

        var kinds = step.Values.Where(v => v.To is not null).Select(v => v.To!.Text is null ? ColumnType.Number : ColumnType.Text).Distinct().ToList();
        if (kinds.Count > 1)
        {
            throw new StepsRefused("the new values are texts or numbers, not both.");
        }

        var type = kinds is [var one] ? one : column.Type;
        if (step.Others == OtherValues.Keep && type != column.Type)
        {
            throw new StepsRefused($"the other values of '{step.Column}' can't stay, since the new ones are of another type: \"others\": \"missing\".");
        }

        var cases = step.Values.Select(v => $"WHEN {Of(v.From, column).Text} THEN {(v.To is null ? "NULL" : Sql(v.To).Text)}");
        Put((new(column.Name, NewId(), type, column.From, Made(step, column)),
            $"CASE {column.Id} {string.Join(' ', cases)} ELSE {(step.Others == OtherValues.Keep ? column.Id : "NULL")} END"));
    }

    private void Impute(ImputeStep step)
    {
        if (step.By == ImputeBy.Value == step.Value is null)
        {
            throw new StepsRefused("'value' is given with \"by\": \"value\", and with nothing else.");
        }

        var prior = Last;
        Put([.. Distinct(step.Columns).Select(name =>
        {
            var column = step.By == ImputeBy.Value ? Find(name) : FindNumber(name);
            var value = step.By switch
            {
                ImputeBy.Value => Of(step.Value!, column).Text,
                ImputeBy.Mean => Alone($"favg({column.Id})", prior),
                _ => Alone($"median({column.Id})", prior),
            };
            return (column with { Id = NewId(), Made = null }, $"coalesce({column.Id}, {value})");
        })]);
    }

    private void Scale(ScaleStep step)
    {
        var column = FindNumber(step.Column);
        if (step.Scale is 0 || (step.Center ?? 0) is var center && !double.IsFinite(center) || (step.Scale ?? 1) is var scale && !double.IsFinite(scale))
        {
            throw new StepsRefused("'center' and 'scale' are finite numbers, and a scale is not 0.");
        }

        var mean = Alone($"favg({column.Id})", Last);
        var spread = $"(SELECT CASE WHEN isfinite(v) AND v > 0 THEN sqrt(v) END FROM (SELECT fsum(({column.Id} - m) * ({column.Id} - m)) / nullif(count({column.Id}) - 1, 0) AS v"
            + $" FROM {Last}, (SELECT favg({column.Id}) AS m FROM {Last})))";
        var scaled = new Sql($"(({column.Id} - {(step.Center is { } c ? ExpressionSql.Literal(c).Text : mean)}) / {(step.Scale is { } s ? ExpressionSql.Literal(s).Text : spread)})", ValueKind.Number);
        var id = NewId();
        Put((column with { Id = id + "r", Made = null }, scaled.Text));
        Put((column with { Id = id, Made = null }, ExpressionSql.Finite(new Sql(id + "r", ValueKind.Number)).Text));
    }

    private void Encode(EncodeStep step)
    {
        var column = Find(step.Column);
        if (step.Levels.Count is 0 or > MaxListed || step.Levels.Distinct().Count() != step.Levels.Count)
        {
            throw new StepsRefused($"between 1 and {MaxListed} levels are named, each once.");
        }

        var added = step.Levels.Select(level => (
            new PlanColumn(New($"{column.Name}_{level.Text ?? level.Number.ToString("R", CultureInfo.InvariantCulture)}"), NewId(), ColumnType.Number, column.From, Made(step with { Levels = [level] }, column)),
            $"CASE {column.Id} = {Of(level, column).Text} WHEN TRUE THEN CAST(1 AS DOUBLE) WHEN FALSE THEN CAST(0 AS DOUBLE) END")).ToList();
        if (added.Find(a => columns.Exists(c => c.Name == a.Item1.Name)).Item1 is { } clash)
        {
            throw new StepsRefused($"there is a column '{clash.Name}' already.");
        }

        Put(added);
        columns.Remove(column);
    }

    /// <summary>A number of all rows; finite or missing.</summary>
    private static string Alone(string number, string table) => $"(SELECT CASE WHEN isfinite(v) THEN v END FROM (SELECT {number} AS v FROM {table}))";

    private static Sql Sql(Literal literal) => literal.Text is { } text ? ExpressionSql.Literal(text) : ExpressionSql.Literal(literal.Number);

    private static Sql Of(Literal literal, PlanColumn column) => Sql(literal) is var sql && sql.Kind == ValueKinds.Of(column.Type) ? sql
        : throw new StepsRefused($"column '{column.Name}' holds {(column.Type == ColumnType.Number ? "numbers" : "texts")}, and {sql.Kind.Words()} is given.");
}
