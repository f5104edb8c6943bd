using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Protocol.Api;

/// <summary>
/// One server-sent event of <c>GET /api/v1/events</c>. Its SSE id goes into <c>Last-Event-ID</c> to resume. The SSE event
/// name <c>resync</c> means: too much was missed, read the tasks afresh.
/// </summary>
public sealed record TaskEvent(string Id, DateTimeOffset At, CollaborationId Collaboration, TaskId Task, RunId? Run,
    RunPhase? Phase, RunOutcome? RunOutcome, string? Code, int? Progress, WaitingReason? Waiting,
    TaskOutcome? TaskOutcome);

/// <summary>Body of <c>GET /health/ready</c>.</summary>
public sealed record Health(string Status, IReadOnlyDictionary<string, string> Checks);
