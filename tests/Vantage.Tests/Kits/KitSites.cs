using Vantage.NodeAgent.Subtasks;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Kits;

/// <summary>What a central function may ask: programs beside tables, each run as a node runs it.</summary>
internal sealed class KitSites(string program, params IReadOnlyList<(string Name, string Csv)> sites) : ISubtasks, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-kit-");
    private readonly Dictionary<TaskId, SubtaskWork> works = [];

    public IReadOnlyList<string> Names => [.. sites.Select(site => site.Name)];

    public TimeProvider Time => TimeProvider.System;

    public string? Trouble => null;

    /// <summary>What was asked, in its order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Is not given instead of an answer if it is null.</summary>
    public Func<string, SubtaskEnd?> Instead { get; init; } = _ => null;

    public Task<TaskId> AskAsync(string function, byte[] arguments, CancellationToken cancellationToken)
    {
        if (function == "forbidden")
            throw new SubtaskRefusal("delegation-exceeded", "The task delegates other functions.");
        Asked.Add($"{function} {System.Text.Encoding.UTF8.GetString(arguments)}");
        var task = TaskId.New(TimeProvider.System);
        works[task] = new SubtaskWork(task, AnswersAsync(task, function, System.Text.Encoding.UTF8.GetString(arguments), cancellationToken));
        return Task.FromResult(task);
    }

    public SubtaskWork? Find(TaskId task) => works.GetValueOrDefault(task);

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<IReadOnlyList<SiteAnswer>> AnswersAsync(TaskId task, string function, string arguments, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var answers = new List<SiteAnswer>();
        foreach (var (name, csv) in sites)
        {
            if (Instead(name) is { } end)
            {
                answers.Add(new SiteAnswer(end));
                continue;
            }

            using var bench = new KitBench().With("table", csv);
            var ended = await bench.RunAsync(program, function, arguments, CancellationToken.None);
            var path = Path.Combine(folder.FullName, $"{task}-{answers.Count}");
            await File.WriteAllTextAsync(path, ended.Result, CancellationToken.None);
            answers.Add(ended.Result is { } result
                ? new SiteAnswer(new SubtaskEnd(name, RunOutcome.Succeeded, result.Length), path)
                : new SiteAnswer(new SubtaskEnd(name, RunOutcome.Failed, Failure: ended.Failure)));
        }

        return answers;
    }
}
