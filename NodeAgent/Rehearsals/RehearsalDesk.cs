using System.Collections.Concurrent;
using Vantage.NodeAgent.Subtasks;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>What a central function asks in a rehearsal is run at every site of it, one process each.</summary>
internal sealed class RehearsalDesk(
    RehearsalStage stage, AlgorithmManifest algorithm, IReadOnlyList<RehearsalSite> sites, string folder, TimeProvider time, CancellationToken stop)
    : ISubtasks
{
    private readonly ConcurrentDictionary<TaskId, SubtaskWork> works = new();
    private readonly ConcurrentQueue<RehearsedRun> runs = new();
    private int asked;

    public IReadOnlyList<string> Names => [.. sites.Select(site => site.Name)];

    public TimeProvider Time => time;

    public string? Trouble => null;

    public IReadOnlyList<RehearsedRun> Runs => [.. runs];

    public Task<TaskId> AskAsync(string function, byte[] arguments, CancellationToken cancellationToken)
    {
        if (algorithm.Functions.FirstOrDefault(f => f.Name == function && f.Kind != FunctionKind.Central) is not { } found)
        {
            throw new SubtaskRefusal(ErrorCodes.DelegationExceeded,
                $"A central function asks for functions of its own algorithm that run beside data; '{function}' is none of '{algorithm.Name}'.");
        }

        var task = TaskId.New(time);
        works[task] = new SubtaskWork(task, AnswerAsync(found, arguments, Path.Combine(folder, $"round-{Interlocked.Increment(ref asked)}")));
        return Task.FromResult(task);
    }

    public SubtaskWork? Find(TaskId task) => works.GetValueOrDefault(task);

    private async Task<IReadOnlyList<SiteAnswer>> AnswerAsync(FunctionManifest function, byte[] arguments, string round)
    {
        var ended = await stage.RunAllAsync(sites, function, arguments, isAsked: true, round, stop);
        var answers = new List<SiteAnswer>();
        foreach (var (run, index) in ended.Select((run, index) => (run, index)))
        {
            runs.Enqueue(run);
            answers.Add(run.Failure is { } failure
                ? new SiteAnswer(new SubtaskEnd(sites[index].Name, RunOutcome.Failed, Failure: failure))
                : new SiteAnswer(new SubtaskEnd(sites[index].Name, RunOutcome.Succeeded, run.Size), run.Output));
        }

        return answers;
    }
}
