using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Selecting;

/// <summary>A condition as a statement over a snapshot. Cells are kept as they are written; what the condition reads as numbers is. Pure.</summary>
internal static class SelectionPlan
{
    /// <summary>The rows that meet it, in their order.</summary>
    /// <exception cref="StepsRefused">It does not fit the columns.</exception>
    public static string Query(string where, Snapshot whole)
    {
        // All as texts: a number that becomes a double and is written again could read otherwise.
        var shape = FrameShape.OfSource("", whole.Columns.Select(column => column with { Type = ColumnType.Text }));
        var input = PlanInput.Of("", whole, shape);
        List<PlanColumn> cells = [.. shape.Columns.Select((column, i) => new PlanColumn(column.Name, $"r{i}", column.Type, column.From))];
        var condition = new ExpressionSql(where, Column).Of(ExpressionParser.Parse(where));
        return condition.Kind == ValueKind.Truth
            ? $"SELECT {string.Join(", ", cells.Select(cell => $"{cell.Id} AS {DuckSession.Named(cell.Name)}"))} FROM ({input.Read(cells)}) WHERE {condition.Text} ORDER BY n"
            : throw new StepsRefused($"'where' is a condition, such as consent == 1, and this is {condition.Kind.Words()}.");

        Sql Column(string name) => cells.FindIndex(cell => cell.Name == name) is >= 0 and var place
            ? whole.Columns[place].Type == ColumnType.Text ? cells[place].Sql : ExpressionSql.Finite(new($"TRY_CAST({Number(cells[place].Id)} AS DOUBLE)", ValueKind.Number))
            : throw StepsRefused.NoColumn(name, cells.Select(cell => cell.Name));

        string Number(string cell) => input.Decimal == "," ? $"replace({cell}, ',', '.')" : cell;
    }
}
