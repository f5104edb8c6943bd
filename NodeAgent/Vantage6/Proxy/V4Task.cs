using System.Text.Json.Nodes;
using Vantage.NodeAgent.Subtasks;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;

namespace Vantage.NodeAgent.Vantage6.Proxy;

/// <summary>One site's part of a task, as vantage6 numbers it.</summary>
/// <param name="Id">Of its run, and of the result.</param>
/// <param name="Organization">Whose.</param>
/// <param name="Work">The subtask that it belongs to.</param>
/// <param name="Place">Which of that subtask's answers.</param>
internal sealed record V4Run(int Id, int Organization, SubtaskWork Work, int Place)
{
    /// <summary>Null while it is open.</summary>
    public SiteAnswer? Answer => Work.Answers.IsCompletedSuccessfully ? Work.Answers.Result[Place] : null;

    /// <summary>vantage6's word for how it stands.</summary>
    public string Status => (Answer?.End, Work.Answers) switch
    {
        (null, { IsFaulted: true } or { IsCanceled: true }) => "failed",
        (null, _) => "active",
        ({ Outcome: RunOutcome.Succeeded }, _) => "completed",
        ({ Outcome: RunOutcome.Refused }, _) => "not allowed",
        ({ Outcome: RunOutcome.Cancelled }, _) => "killed by user",
        ({ Failure.Code: RunCodes.AlgorithmFailed }, _) => "crashed",
        _ => "failed",
    };
}

/// <summary>What a run asked in one call; several of our subtasks where it told sites different things.</summary>
internal sealed record V4Task(int Id, string Name, string Description, IReadOnlyList<V4Run> Runs)
{
    public string Status => Id == V4World.Task || Runs.Any(run => run.Status == "active") ? "active"
        : Runs.All(run => run.Status == "completed") ? "completed"
        : "failed";

    /// <summary>Comes back when it has settled, or after a while.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(Runs.Select(run => (Task)run.Work.Answers));
        await all.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public JsonObject Shape(V4World world) => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["description"] = Description,
        ["image"] = world.Image,
        ["status"] = Status,
        ["job_id"] = V4World.Job,
        ["collaboration"] = V4Directory.Link("collaboration", V4World.Collaboration),
        ["study"] = world.HasStudy ? V4Directory.Link("study", V4World.Study) : null,
        ["parent"] = Id == V4World.Task ? null : V4Directory.Link("task", V4World.Task),
        ["init_org"] = V4Directory.Link("organization", world.Own),
        ["databases"] = new JsonArray([.. world.Labels.Select(label => new JsonObject { ["label"] = label })]),
        ["runs"] = $"/api/run?task_id={Id}",
        ["results"] = $"/api/result?task_id={Id}",
    };

    public JsonObject Run(V4Run run) => new()
    {
        ["id"] = run.Id,
        ["status"] = run.Status,
        ["task"] = V4Directory.Link("task", Id),
        ["organization"] = V4Directory.Link("organization", run.Organization),
        ["results"] = V4Directory.Link("result", run.Id),
        // Why it failed, as the site told this node.
        ["log"] = run.Answer?.End.Failure?.Message,
    };

    public async Task<JsonObject> ResultAsync(V4Run run, CancellationToken cancellationToken) => new()
    {
        ["id"] = run.Id,
        ["result"] = run.Answer is { Path: { } path } ? Convert.ToBase64String(await File.ReadAllBytesAsync(path, cancellationToken)) : null,
        ["task"] = V4Directory.Link("task", Id),
        ["run"] = V4Directory.Link("run", run.Id),
        ["blob_storage_used"] = false,
    };
}
