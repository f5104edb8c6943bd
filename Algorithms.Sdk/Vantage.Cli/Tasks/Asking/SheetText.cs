using System.Globalization;
using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>One answer of many: a line of JSON, or a line for a person with what its first table begins with.</summary>
internal static class SheetText
{
    private const int MostNumbers = 6;

    public static void Tell(Invocation call, SheetLine question, Answer<JsonElement?>? answer, VantageException? problem)
    {
        var told = new SheetAnswer(question.Number, question.Name, answer, problem is null ? null : Told(problem));
        call.Output.Result(told, CliJson.Default.SheetAnswer, answer?.Task.ToString(), text =>
        {
            var what = Listing.OneLine(question.Name ?? $"{question.Algorithm} {JsonText.Of(question.Arguments, CliJson.Default.JsonElement)}");
            text.WriteLine($"{question.Number}\t{what}\t{(problem is null ? Beginning(question, answer!) : "no result: " + Listing.OneLine(problem.What))}");
            foreach (var site in answer?.Sites.Missing ?? [])
            {
                text.WriteLine($"\tmissing: {Listing.OneLine(site.Site)} {Listing.OneLine(site.Why)}");
            }
        });
    }

    private static CliProblem Told(VantageException problem)
    {
        var code = ExitCodeOf.Error(problem);
        return new CliProblem(Problem.TypeOf(problem.Code), problem.Problem?.Title ?? ExitCodeOf.Name(code),
            problem.Problem?.Status, problem.Code, problem.What, problem.Next, code,
            problem.Errors.Count == 0 ? null : problem.Errors, problem.Problem?.TraceId);
    }

    private static string Beginning(SheetLine question, Answer<JsonElement?> answer) =>
        question.Program.Central.TablesOf(answer.Result!.Value) is [{ Rows: [var row, ..] } table, ..]
            ? string.Join(", ", table.Columns.Zip(row).Where(cell => cell.Second is not null).Take(MostNumbers).Select(cell => $"{cell.First} {Cell(cell.Second)}"))
                + (table.Rows.Count > 1 ? $" (and {table.Rows.Count - 1} more)" : "")
            : Listing.OneLine(JsonText.Of(answer.Result!.Value, CliJson.Default.JsonElement));

    private static string Cell(object? value) => value switch
    {
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => Listing.OneLine(value?.ToString() ?? ""),
    };
}

/// <summary>One line of <c>task together --json</c>.</summary>
/// <param name="Question">Its place among the questions, from 1.</param>
/// <param name="Name">As the question has it.</param>
/// <param name="Answer">As <c>task run</c> gives it; null where nobody could be asked.</param>
/// <param name="Problem">Why there is no result.</param>
internal sealed record SheetAnswer(int Question, string? Name, Answer<JsonElement?>? Answer, CliProblem? Problem);
