using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Asking;
using Vantage.Client.Asking;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>
/// An answer, for a person or as one line of JSON. An answer without a result is also told as the error that it is: the
/// line says who answered and who did not, the error what to do about it.
/// </summary>
internal static class AnswerText
{
    public static int Show(Invocation call, CentralProgram program, Answer<JsonElement?> answer, string? file)
    {
        if (answer.Problem is { } problem)
        {
            if (call.Output.Mode == OutputMode.Json)
            {
                call.Output.Result(answer, CliJson.Default.AnswerNullableJsonElement, null, _ => { });
            }

            var code = ExitCodeOf.Error(problem);
            call.Output.Error(problem, code);
            return code;
        }

        var written = file is null ? [] : ResultFile.Write(file, program, answer.Result!.Value);
        call.Output.Result(answer, CliJson.Default.AnswerNullableJsonElement, answer.Task.ToString(), text =>
        {
            if (file is null)
            {
                ResultText.Write(call.Output, text, program.Central.TablesOf, answer.Result!.Value);
            }

            // Into a pipe go the tables alone.
            WriteSites(call.Console.OutIsTerminal || file is not null ? text : call.Console.Error, answer, written);
        });
        return answer.Sites.Missing.Count == 0 ? ExitCodes.Ok : ExitCodes.Partial;
    }

    private static void WriteSites(TextWriter text, Answer<JsonElement?> answer, IReadOnlyList<string> written)
    {
        text.WriteLine(Listing.OneLine(answer.Sites.Note));
        foreach (var site in answer.Sites.Missing)
        {
            text.WriteLine($"missing: {Listing.OneLine(site.Site)} {Listing.OneLine(site.Why)}");
        }

        foreach (var site in answer.Sites.NotAsked)
        {
            text.WriteLine($"not asked: {Listing.OneLine(site.Site)}, since {Listing.OneLine(site.Why)}");
        }

        text.WriteLine($"receipts verified: {answer.Receipts.Count}; task {answer.Task}"
            + (answer.Disclosure is { } disclosure ? $"; disclosure control: {Listing.OneLine(disclosure)}" : "")
            + (written.Count == 0 ? "" : $"; result written to {string.Join(", ", written)}"));
    }
}
