using Vantage.NodeAgent.Subtasks;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.NodeAgent.Vantage6;

/// <summary>Three sites that answer when a test says so, within a delegation of one function.</summary>
internal sealed class FakeSites(string folder) : ISubtasks
{
    private readonly Dictionary<TaskId, SubtaskWork> works = [];

    public IReadOnlyList<string> Names => ["north", "south", "east"];

    public TimeProvider Time => TimeProvider.System;

    public string? Trouble => null;

    /// <summary>What was asked of whom, in its order.</summary>
    public List<(string Function, string Arguments, IReadOnlyList<int> Among)> Asked { get; } = [];

    /// <summary>Whether sites answer at once.</summary>
    public TaskCompletionSource Answers { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How a site ends that does not succeed, by its name.</summary>
    public Dictionary<string, SubtaskEnd> Instead { get; } = [];

    public Task<TaskId> AskAsync(string function, byte[] arguments, CancellationToken cancellationToken) =>
        AskAsync(function, arguments, null, cancellationToken);

    public Task<TaskId> AskAsync(string function, byte[] arguments, IReadOnlyList<int>? among, CancellationToken cancellationToken)
    {
        if (function != "partial")
        {
            throw SubtaskRefusal.Beyond([$"It asks for function '{function}', which is not delegated."]);
        }

        var places = among ?? [0, 1, 2];
        Asked.Add((function, System.Text.Encoding.UTF8.GetString(arguments), places));
        var task = TaskId.New(TimeProvider.System);
        works[task] = new SubtaskWork(task, AnswerAsync(task, places));
        return Task.FromResult(task);
    }

    public SubtaskWork? Find(TaskId task) => works.GetValueOrDefault(task);

    private async Task<IReadOnlyList<SiteAnswer>> AnswerAsync(TaskId task, IReadOnlyList<int> places)
    {
        await Answers.Task;
        return [.. places.Select(place => Answer(task, Names[place]))];
    }

    private SiteAnswer Answer(TaskId task, string site)
    {
        if (Instead.TryGetValue(site, out var end))
        {
            return new SiteAnswer(end);
        }

        var path = Path.Combine(folder, $"{task}-{site}");
        File.WriteAllText(path, $$"""{"site":"{{site}}"}""");
        return new SiteAnswer(new SubtaskEnd(site, RunOutcome.Succeeded, new FileInfo(path).Length), path);
    }
}
