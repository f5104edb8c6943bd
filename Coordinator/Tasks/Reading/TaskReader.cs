using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Coordinator.Tasks.Views;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Reading;

/// <summary>Which tasks of those one may see.</summary>
/// <param name="Open">True for those not settled yet, false for the others, null for all.</param>
internal sealed record TaskFilter(CollaborationId? Collaboration, JobId? Job, bool? Open, TaskOutcome? Outcome);

/// <summary>Reads tasks for people.</summary>
internal sealed class TaskReader(Database database)
{
    // Newest first: ids sort by the time of their minting, and the cursor is the last id of the page before.
    private const string List =
        """
        SELECT t.id, t.collaboration_id FROM task t
        WHERE t.collaboration_id = ANY ($1) AND t.id < $2
            AND ($3::uuid IS NULL OR t.job_id = $3)
            AND ($4::boolean IS NULL OR (t.open_runs > 0) = $4)
            AND ($5::smallint IS NULL OR t.outcome = $5)
            AND ($6 OR t.owner_organization = $7 OR t.asked_by_user = $9 OR EXISTS (
                SELECT FROM run r WHERE r.task_id = t.id AND r.owner_organization = $8))
        ORDER BY t.id DESC LIMIT $10
        """;

    private static readonly Guid Newest = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <summary>Null if there is none, or it is not the caller's to see.</summary>
    public async Task<TaskSnapshot?> FindAsync(TaskId id, Caller caller, CancellationToken cancellationToken) =>
        await FindAsync(id, caller.Collaborations, cancellationToken) is { } task && MaySee(caller, task) ? task : null;

    /// <param name="id">Which.</param>
    /// <param name="answers">Whether what the runs brought comes along, once it has settled: whoever sees a task sees that, too.</param>
    /// <param name="caller">Who looks.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<Answer<TaskView>> GetAsync(TaskId id, bool answers, Caller caller, CancellationToken cancellationToken) =>
        await FindAsync(id, caller, cancellationToken) is not { } task ? Refusal.NotFound(id)
        : TaskViews.Of(task) with
        {
            Answers = answers && task is { Outcome: not null, Runs.Count: <= AnswersStatement.MostRuns }
                ? await AnswersStatement.RunAsync(database, task.Key, cancellationToken) : null,
        };

    /// <summary>For whoever has just changed it.</summary>
    public async Task<TaskView> ViewAsync(TaskKey key, CancellationToken cancellationToken) =>
        TaskViews.Of((await FindStatement.RunAsync(database, [key.Task], [key.Collaboration], cancellationToken)).Single());

    public async Task<Answer<Page<TaskView>>> ListAsync(
        TaskFilter filter, PageRequest page, UserCaller caller, CancellationToken cancellationToken)
    {
        var collaborations = filter.Collaboration is { } one
            ? caller.Collaborations.Where(id => id == one).ToList()
            : [.. caller.Collaborations];
        var ids = await database.ExecuteAsync(TenantScope.Of(collaborations), [ListCommand(filter, page, caller, collaborations)],
            (reader, ct) => reader.RowsAsync(row => TaskId.From(row.GetGuid(0)), ct), cancellationToken);
        var tasks = await FindStatement.RunAsync(database, ids, collaborations, cancellationToken);
        return page.Of(tasks, TaskViews.Of, task => task.Key.Task.ToString());
    }

    private async Task<TaskSnapshot?> FindAsync(
        TaskId id, IReadOnlyCollection<CollaborationId> collaborations, CancellationToken cancellationToken) =>
        (await FindStatement.RunAsync(database, [id], collaborations, cancellationToken)).SingleOrDefault();

    private static bool MaySee(Caller caller, TaskSnapshot task) => TaskVisibility.Of(caller)
        .Shows(task.Asker.Organization, task.Runs.Select(run => run.Organization), task.Asker.User, task.Asker.Node);

    private static NpgsqlBatchCommand ListCommand(
        TaskFilter filter, PageRequest page, UserCaller caller, List<CollaborationId> collaborations)
    {
        var seen = TaskVisibility.Of(caller);
        return Sql.Command(List,
            Sql.Uuids(collaborations.Select(id => id.Value)),
            Sql.Uuid(page.After == Guid.Empty ? Newest : page.After),
            Sql.Maybe(NpgsqlDbType.Uuid, filter.Job?.Value),
            Sql.Maybe(NpgsqlDbType.Boolean, filter.Open),
            Sql.Maybe(NpgsqlDbType.Smallint, (short?)filter.Outcome),
            Sql.Maybe(NpgsqlDbType.Boolean, seen.All),
            Sql.Maybe(NpgsqlDbType.Uuid, seen.Asker?.Value),
            Sql.Maybe(NpgsqlDbType.Uuid, seen.Target?.Value),
            Sql.Maybe(NpgsqlDbType.Uuid, seen.User?.Value),
            Sql.Int(page.Fetch));
    }
}
