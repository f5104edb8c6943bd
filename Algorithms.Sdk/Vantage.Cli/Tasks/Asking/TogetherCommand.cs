using System.CommandLine;
using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Client.Together;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>
/// <c>vantage task together</c>: the questions of a file at once, in as few rounds as the longest of them takes. Each has its own
/// answer, told as soon as it is there.
/// </summary>
internal static class TogetherCommand
{
    public static Command Build(CliConsole console)
    {
        var file = new Argument<string>("questions")
        {
            Description = "File with one question a line, {\"algorithm\": …, \"arguments\": {…}, \"name\": …}; '-' for standard input. A name is for you.",
        };
        var options = new TaskOptions();
        var missing = new Option<bool>("--accept-missing")
        {
            Description = "Combine what the sites gave that answered; each answer says which are missing.",
        };
        var command = new Command("together", "Ask many questions at once: they share their rounds.")
            .With([file, .. options.All.Except([options.Algorithm, options.Function, options.Arguments, options.ArgumentsFile]), missing]);
        return command.Answers(console, async (call, cancellationToken) =>
        {
            var questions = SheetLine.Read(await TextAsync(call, call.Required(file), cancellationToken));
            var collaboration = await Lookup.CollaborationAsync(call.Client, options.ReadCollaboration(call), cancellationToken);
            var together = await QuestionsTogether.PrepareAsync(call.Client,
                await CentralRun.OptionsAsync(call, options, collaboration, call.Value(missing), cancellationToken), cancellationToken);
            var progress = new RoundProgress(call.Output, TaskSelection.SiteNames(call));
            together.OnProgress = progress.Show;
            var asked = questions.Select(question => together.Ask(question.Algorithm, question.Program.Central, question.Arguments)).ToList();
            var telling = TellAsync(call, questions, asked, progress);
            await together.RunAsync(cancellationToken);
            return await telling;
        });
    }

    /// <summary>Each as it comes, one at a time.</summary>
    private static async Task<int> TellAsync(Invocation call, IReadOnlyList<SheetLine> questions,
        List<Task<Answer<JsonElement?>>> asked, RoundProgress progress)
    {
        var (whole, partial) = (0, 0);
        var places = asked.Index().ToDictionary(task => task.Item, task => task.Index);
        await foreach (var task in Task.WhenEach(asked))
        {
            var question = questions[places[task]];
            var (answer, problem) = await ReadAsync(task);
            progress.Clear();
            SheetText.Tell(call, question, answer, problem);
            whole += answer is { Problem: null, Sites.Missing.Count: 0 } ? 1 : 0;
            partial += answer is { Problem: null, Sites.Missing.Count: > 0 } ? 1 : 0;
        }

        call.Output.Say($"{whole} of {asked.Count} questions have an answer over all sites"
            + (partial == 0 ? "" : $", {partial} over some") + ".");
        return whole == asked.Count ? ExitCodes.Ok : whole + partial == 0 ? ExitCodes.Failed : ExitCodes.Partial;
    }

    private static async Task<(Answer<JsonElement?>? Answer, VantageException? Problem)> ReadAsync(Task<Answer<JsonElement?>> task)
    {
        try
        {
            var answer = await task;
            return (answer, answer.Problem);
        }
        catch (VantageException e)
        {
            return (null, e);
        }
    }

    private static async Task<string> TextAsync(Invocation call, string file, CancellationToken cancellationToken)
    {
        if (file == "-")
        {
            return await call.Console.In.ReadToEndAsync(cancellationToken);
        }

        return File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken)
            : throw UsageException.Because($"There is no file {file}.", "Name a file with one question a line, or '-'.");
    }
}
