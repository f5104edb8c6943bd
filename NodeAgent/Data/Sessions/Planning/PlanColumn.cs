using System.Collections.Immutable;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>A column on its way.</summary>
/// <param name="Id">What statements call it: the planner's own word, so that no name of a request is part of one.</param>
/// <param name="Made">What a shape's column says of it.</param>
internal sealed record PlanColumn(string Name, string Id, ColumnType Type, ImmutableHashSet<Origin> From, string? Made = null)
{
    public Sql Sql => new(Id, ValueKinds.Of(Type), IsPlain: true);

    public ShapeColumn Shape => new(Name, Type, From, Made);
}
