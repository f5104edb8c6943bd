using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>How a frame is made.</summary>
/// <param name="Parts">Statements that each give some of its columns, by the frame's own names: the same rows in the same order.</param>
/// <param name="Checks">What has to give no row before.</param>
/// <param name="Shape">What comes of it.</param>
internal sealed record FramePlan(IReadOnlyList<(string Query, IReadOnlyList<ColumnSchema> Columns)> Parts, IReadOnlyList<PlanCheck> Checks, FrameShape Shape);

/// <param name="Query">Gives a row if it fails.</param>
/// <param name="Problem">In words, then.</param>
internal sealed record PlanCheck(string Query, string Problem);
