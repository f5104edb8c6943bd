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

        if (file is not null)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(answer.Result!.Value, CliJson.Default.JsonElement) + "\n");
        }

        call.Output.Result(answer, CliJson.Default.AnswerNullableJsonElement, answer.Task.ToString(), text =>
        {
            if (file is null)
            {
                ResultText.Write(call.Output, text, program.Algorithm.Name, answer.Result!.Value);
            }

            WriteSites(text, answer.Sites);
            text.WriteLine($"receipts verified: {answer.Receipts.Count}; task {answer.Task}"
                + (file is null ? "" : $"; result written to {file}"));
        });
        return answer.Sites.Missing.Count == 0 ? ExitCodes.Ok : ExitCodes.Partial;
    }

    private static void WriteSites(TextWriter text, SitesReport sites)
    {
        text.WriteLine(Listing.OneLine(sites.Note));
        foreach (var site in sites.Missing)
        {
            text.WriteLine($"missing: {Listing.OneLine(site.Site)} {Listing.OneLine(site.Why)}");
        }

        foreach (var site in sites.NotAsked)
        {
            text.WriteLine($"not asked: {Listing.OneLine(site.Site)}, since {Listing.OneLine(site.Why)}");
        }
    }
}
