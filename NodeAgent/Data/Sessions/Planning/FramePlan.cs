namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>How a frame is made.</summary>
/// <param name="Query">The rows, in their order, by the frame's own names.</param>
/// <param name="Checks">What has to give no row before.</param>
/// <param name="Shape">What comes of it.</param>
internal sealed record FramePlan(string Query, IReadOnlyList<PlanCheck> Checks, FrameShape Shape);

/// <param name="Query">Gives a row if it fails.</param>
/// <param name="Problem">In words, then.</param>
internal sealed record PlanCheck(string Query, string Problem);
