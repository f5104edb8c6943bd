using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Reading;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>
/// <c>vantage task retry</c>: asks the sites that gave nothing again, within the same job and with the same arguments,
/// and puts their answers together with those that are there already.
/// </summary>
internal static class RetryCommand
{
    public static Command Build(CliConsole console)
    {
        var which = TaskSelection.Argument();
        var site = new Option<string[]>("--site")
        {
            Description = "Ask this one again only; default: every site that gave nothing.",
            AllowMultipleArgumentsPerToken = true,
        };
        var wait = new Option<bool>("--wait") { Description = "Stay until they have answered, and give the result." };
        var output = RunCommand.OutOption();
        return new Command("retry", "Ask the sites that gave nothing again; what the others answered is kept.")
            .With(which, site, wait, output)
            .Answers(console, async (call, cancellationToken) =>
            {
                var id = TaskSelection.Parse(call.Required(which));
                var task = await call.Client.GetTaskAsync(id, cancellationToken);
                var question = Question.Recall(call.Client, task) ?? throw new VantageException(
                    ErrorCodes.NotFound, $"The home {call.Home.Directory} does not know what {id} asked.",
                    "Arguments stay with who asks: use the home that asked it, or ask anew (vantage task run).");
                var program = RunCommand.CentralOf(question.Name) ?? throw UsageException.Because(
                    $"{question.Name} has no program here that could put the answers together.",
                    "Ask the site by itself: vantage task run --function NAME --organization SITE.");
                ResultFile.Check(call.Value(output), program);
                var again = Chosen(call.Value(site), question);
                return call.Value(wait)
                    ? await WaitAsync(call, program, question, again, call.Value(output), cancellationToken)
                    : await AskAsync(call, program, question, again, cancellationToken);
            });
    }

    private static IReadOnlyList<string> Chosen(string[]? named, Question question)
    {
        if (named is not { Length: > 0 })
        {
            return question.Sites;
        }

        return named.FirstOrDefault(name => !question.Sites.Contains(name)) is { } stranger
            ? throw UsageException.Because($"'{stranger}' was not asked.", $"Asked were: {string.Join(", ", question.Sites)}.")
            : named;
    }

    private static async Task<int> WaitAsync(Invocation call, CentralProgram program, Question question,
        IReadOnlyList<string> again, string? file, CancellationToken cancellationToken)
    {
        if (question.IsOfRounds)
        {
            call.Output.Say($"{question.Name} asks in rounds, and each depends on the ones before: it starts again. What "
                + "sites answered to the same question before is kept, everything else is asked again.");
        }

        return await CentralRun.GoAsync(call, program, question, again, file, cancellationToken);
    }

    private static async Task<int> AskAsync(Invocation call, CentralProgram program, Question question,
        IReadOnlyList<string> again, CancellationToken cancellationToken)
    {
        if (question.IsOfRounds)
        {
            throw UsageException.Because($"{question.Name} asks in rounds, so that its program has to run here again.",
                $"Add --wait: vantage task retry {question.Tasks[^1]} --wait.");
        }

        if (await question.AskAsync(program.Central, again, cancellationToken) is { } round)
        {
            return RunCommand.Told(call, round, []);
        }

        throw new VantageException(ErrorCodes.Conflict, "There is nothing to ask again: "
            + $"{string.Join(", ", again.Select(Listing.OneLine))} answered.",
            $"Read it: vantage task result {question.Tasks[^1]}.");
    }
}
