using System.CommandLine;
using System.Text.Json;
using Vantage.Algorithms.Results;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Asking;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>
/// <c>vantage task result</c>: what came of a task, fetched, verified and decrypted. Partials of an algorithm of the
/// library are put together, if they were asked from this home; else each site's result stands for itself.
/// </summary>
internal static class ResultCommand
{
    public static Command Build(CliConsole console)
    {
        var which = TaskSelection.Argument();
        var site = new Option<string?>("--site")
        {
            Description = "One site's own result: its organization's name or id, or a run's id.",
        };
        var log = new Option<bool>("--log")
        {
            Description = "What the algorithm logged there, instead of its result; needs --site.",
        };
        var receipt = new Option<bool>("--receipt")
        {
            Description = "How the result came about there, as its node signed it: data, rule, image and its signature, sandbox, times; needs --site.",
        };
        var missing = new Option<bool>("--accept-missing") { Description = "Combine although sites are missing." };
        var output = new Option<string?>("--out")
        {
            Description = "Write to this file: any size, resumed if it was cut.",
            HelpName = "FILE",
        };
        return new Command("result", "Fetch, verify and decrypt what came of a task.")
            .With(which, site, log, receipt, missing, output)
            .Answers(console, async (call, cancellationToken) =>
            {
                var id = TaskSelection.Parse(call.Required(which));
                if (call.Value(receipt))
                {
                    return await SiteReceipt.ShowAsync(call, id, call.Value(site) ?? throw UsageException.Because("Whose receipt?", "Add --site NAME."),
                        cancellationToken);
                }

                if (call.Value(site) is { } one)
                {
                    return await SiteResult.ShowAsync(call, id, one, call.Value(log), call.Value(output),
                        cancellationToken);
                }

                if (call.Value(log))
                {
                    throw UsageException.Because("Whose log?", "Add --site NAME.");
                }

                return await CombineAsync(call, id, call.Value(missing), call.Value(output), cancellationToken)
                    ?? await ShowAsync(call, id, null, call.Value(output), cancellationToken);
            });
    }

    /// <summary>Null where there is nothing to combine.</summary>
    private static async Task<int?> CombineAsync(Invocation call, TaskId id, bool acceptMissing, string? file,
        CancellationToken cancellationToken)
    {
        var task = await call.Client.GetTaskAsync(id, cancellationToken);
        if (await CentralAt.ShowAsync(call, task, file, cancellationToken) is { } shown)
        {
            return shown;
        }

        if (Question.Recall(call.Client, task) is not { } question
            || RunCommand.CentralOf(question.Name) is not { } program)
        {
            ResultFile.Check(file, null);
            return null;
        }

        ResultFile.Check(file, program);
        if (question.Answer is { } kept)
        {
            // Put together before, perhaps in many rounds: what vouches for it is held against the pins of today.
            await question.VerifyAsync(cancellationToken);
            return AnswerText.Show(call, program, kept, file);
        }

        return AnswerText.Show(call, program,
            await question.ReadAsync(program.Central, acceptMissing, cancellationToken), file);
    }

    /// <summary>Every site's result by itself.</summary>
    public static async Task<int> ShowAsync(Invocation call, TaskId id, TaskView? settled, string? file,
        CancellationToken cancellationToken, Func<JsonElement, IReadOnlyList<ResultTable>>? tablesOf = null)
    {
        var task = settled ?? await SettledAsync(call, id, cancellationToken);
        var names = TaskSelection.SiteNames(call);
        var sites = new List<SiteAnswer>();
        foreach (var run in task.Runs)
        {
            sites.Add(await SiteResult.ReadAsync(call, task, run, names(run.Organization), cancellationToken));
        }

        var all = new SiteAnswers(id, TaskWords.Outcome(task.Outcome), sites);
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, JsonText.Of(all, CliJson.Default.SiteAnswers)
                + "\n", cancellationToken);
        }

        call.Output.Result(all, CliJson.Default.SiteAnswers, id.ToString(), text =>
        {
            foreach (var answer in sites)
            {
                text.WriteLine($"{Listing.OneLine(answer.Site)}: {answer.State}"
                    + (answer.Message is { } message ? $": {Listing.OneLine(message)}" : ""));
                if (answer.Result is { } result && file is null)
                {
                    ResultText.Write(call.Output, text, tablesOf, result);
                }
            }
        });
        return TaskWords.ExitCode(task.Outcome);
    }

    private static async Task<TaskView> SettledAsync(Invocation call, TaskId id, CancellationToken cancellationToken)
    {
        var task = await call.Client.GetTaskAsync(id, cancellationToken);
        return task.Outcome is not null ? task : throw new VantageException(ClientErrorCodes.NothingThere,
            $"{id} is still open: {task.Runs.Count(r => r.Outcome is not null)} of {task.Runs.Count} sites have ended.",
            $"Wait for it (vantage task watch {id}), see why (vantage task explain {id}), or read one site (--site).");
    }
}

internal sealed record SiteAnswers(TaskId Task, string State, IReadOnlyList<SiteAnswer> Sites);

/// <param name="Result">The JSON that the site answered; absent where it did not, or answered something else than
/// JSON.</param>
internal sealed record SiteAnswer(RunId Run, string Site, string State, string? Code, string? Rule, string? Message,
    JsonElement? Result);
