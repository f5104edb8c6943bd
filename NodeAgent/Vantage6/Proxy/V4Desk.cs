using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.NodeAgent.Subtasks;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Vantage6.Proxy;

/// <summary>
/// What a run asked so far, and what came of it. Behind it is the desk that signs, seals and reads subtasks for any central
/// function, so what is delegated binds here as it does there.
/// </summary>
internal sealed class V4Desk(V4World world, AlgorithmManifest algorithm, ISubtasks subtasks) : IDisposable
{
    /// <summary>The tools ask at longer and longer intervals; an answer that is held back a little saves them most of that.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly SemaphoreSlim one = new(1);
    private readonly List<V4Task> tasks = [new(V4World.Task, "this task", "", [])];
    private int runs = V4World.Run;

    public V4Directory Directory { get; } = new(world);

    public async Task<JsonNode> AskAsync(HttpContext http)
    {
        var question = await ReadAsync(http);
        // One after the other, so that numbers follow the order in which things were asked.
        await one.WaitAsync(http.RequestAborted);
        try
        {
            var asked = await SendAsync(question, http.RequestAborted);
            var task = new V4Task(tasks.Count + 1, question.Name, question.Description, [.. asked.OrderBy(run => run.Organization)]);
            lock (tasks)
            {
                tasks.Add(task);
            }

            return task.Shape(world);
        }
        catch (SubtaskRefusal e)
        {
            throw new V4Refusal(StatusCodes.Status403Forbidden, e.Message);
        }
        catch (FormatException e)
        {
            throw new V4Refusal(StatusCodes.Status400BadRequest, e.Message);
        }
        finally
        {
            one.Release();
        }
    }

    public async Task<JsonNode> TaskAsync(int id, CancellationToken cancellationToken) => (await SettledAsync(id, cancellationToken)).Shape(world);

    public async Task<JsonNode> StatusAsync(int id, CancellationToken cancellationToken) =>
        new JsonObject { ["status"] = (await SettledAsync(id, cancellationToken)).Status };

    public async Task<JsonNode> ResultsAsync(int? task, int? page, CancellationToken cancellationToken)
    {
        var results = new List<JsonNode>();
        foreach (var (of, run) in page is null or 1 ? Of(task) : [])
        {
            results.Add(await of.ResultAsync(run, cancellationToken));
        }

        return V4Directory.Page(results, page);
    }

    public async Task<JsonNode> ResultAsync(int id, CancellationToken cancellationToken)
    {
        var (task, run) = Find(id, "result");
        return await task.ResultAsync(run, cancellationToken);
    }

    public Task<JsonNode> RunsAsync(int? task, int? page, CancellationToken cancellationToken) =>
        Task.FromResult<JsonNode>(V4Directory.Page(Of(task).Select(found => found.Task.Run(found.Run)), page));

    public Task<JsonNode> RunAsync(int id, CancellationToken cancellationToken)
    {
        var (task, run) = Find(id, "run");
        return Task.FromResult<JsonNode>(task.Run(run));
    }

    public void Dispose() => one.Dispose();

    private async Task<V4Question> ReadAsync(HttpContext http)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, Strict, http.RequestAborted);
            return V4Question.Read(body.RootElement, world);
        }
        catch (JsonException)
        {
            throw new V4Refusal(StatusCodes.Status400BadRequest, "The body is not JSON, or names a member twice.");
        }
    }

    /// <summary>Sites that are told the same are asked together, as one of our subtasks.</summary>
    private async Task<List<V4Run>> SendAsync(V4Question question, CancellationToken cancellationToken)
    {
        var asked = new List<V4Run>();
        var wanted = question.Inputs.GroupBy(one => Convert.ToBase64String(one.Input), StringComparer.Ordinal)
            .Select(same => (Ask: V4Input.Read(same.First().Input, algorithm), Sites: same.Select(one => one.Site).Order().ToList()))
            .ToList();
        foreach (var (ask, sites) in wanted)
        {
            var among = sites.Count == world.Sites.Count ? null : sites;
            var id = await subtasks.AskAsync(ask.Function, ask.Arguments, among, cancellationToken);
            var work = subtasks.Find(id)!;
            asked.AddRange(sites.Select((site, place) => new V4Run(++runs, site + 1, work, place)));
        }

        return asked;
    }

    private async Task<V4Task> SettledAsync(int id, CancellationToken cancellationToken)
    {
        var task = Known(id);
        if (id != V4World.Task)
        {
            await task.WaitAsync(Hold, subtasks.Time, cancellationToken);
        }

        return task;
    }

    private V4Task Known(int id)
    {
        lock (tasks)
        {
            return tasks.Find(task => task.Id == id) ?? throw V4Directory.Nothing("task");
        }
    }

    private List<(V4Task Task, V4Run Run)> Of(int? task)
    {
        if (task is { } one)
        {
            var found = Known(one);
            return [.. found.Runs.Select(run => (found, run))];
        }

        lock (tasks)
        {
            return [.. tasks.SelectMany(any => any.Runs.Select(run => (any, run)))];
        }
    }

    private (V4Task Task, V4Run Run) Find(int id, string what) => Of(null).Where(found => found.Run.Id == id).ToList() is [var one]
        ? one : throw V4Directory.Nothing(what);
}
