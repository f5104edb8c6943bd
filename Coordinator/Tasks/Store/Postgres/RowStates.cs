using Npgsql;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>A locked run, its tenants and the database's time.</summary>
internal sealed record LockedRun(OrganizationId Organization, CollaborationId Collaboration, Standing Standing, DateTimeOffset Now)
{
    /// <summary>Null if the run is none of the sender's business.</summary>
    public Standing? For(WorkingNode sender) =>
        sender.Organization == Organization && sender.Collaborations.Contains(Collaboration) ? Standing : null;
}

/// <summary>Rows of <c>run</c> in the words of the run table.</summary>
internal static class RowStates
{
    /// <summary>Reads phase, epoch, outcome, holder, not_after from here on.</summary>
    public static Standing Standing(NpgsqlDataReader row, int first, Digest? accepted = null) => new(
        new RunState((RunPhase)row.GetInt16(first), row.GetInt64(first + 1), row.Time(first + 4),
            (RunOutcome?)row.Maybe<short>(first + 2)),
        row.Maybe<Guid>(first + 3) is { } holder ? NodeId.From(holder) : null,
        accepted);
}
