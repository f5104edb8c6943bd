using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.NodeAgent.Data.Sessions.Planning;

namespace Vantage.NodeAgent.Data.Selecting;

/// <summary>A condition as a statement over a snapshot: of its columns it reads those that the condition is about. Pure.</summary>
internal static class SelectionPlan
{
    /// <summary>For each row, in their order: its number from 1 on, and 1 if it meets the condition, else 0.</summary>
    /// <exception cref="StepsRefused">It does not fit the columns.</exception>
    public static string Query(string where, Snapshot whole)
    {
        var expression = ExpressionParser.Parse(where);
        var named = expression.Columns.ToHashSet(StringComparer.Ordinal);
        var shape = FrameShape.OfSource("", whole.Columns);
        List<PlanColumn> read = [.. shape.Columns.Index().Where(column => named.Contains(column.Item.Name))
            .Select(column => new PlanColumn(column.Item.Name, $"r{column.Index}", column.Item.Type, column.Item.From))];
        var columns = read.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var condition = new ExpressionSql(where, name => columns.TryGetValue(name, out var column) ? column.Sql
            : throw StepsRefused.NoColumn(name, whole.Columns.Select(other => other.Name))).Of(expression);
        return condition.Kind == ValueKind.Truth
            ? $"SELECT n, CAST(coalesce({condition.Text}, FALSE) AS BIGINT) FROM ({PlanInput.Of("", whole, shape).Read(read)})"
            : throw new StepsRefused($"'where' is a condition, such as consent == 1, and this is {condition.Kind.Words()}.");
    }
}
