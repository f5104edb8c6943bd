using System.CommandLine;
using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Sessions;

namespace Vantage.Cli.Sessions;

/// <summary><c>vantage session prepare</c>.</summary>
internal static class PrepareCommand
{
    public static Command Build(CliConsole console)
    {
        var task = new SessionTask();
        var session = SessionTask.Session();
        var frame = new Argument<string>("frame") { Description = "What later tasks call it." };
        var steps = new Option<string?>("--steps") { Description = "What is done with the data, a JSON list; see docs/sessions.md.", HelpName = "JSON" };
        var file = new Option<string?>("--steps-file") { Description = "File with the steps.", HelpName = "FILE" };
        return new Command("prepare", "Have the sites prepare a table and keep it; says its columns, and no rows.")
            .With([session, frame, steps, file, .. task.All(takesData: true)])
            .Answers(console, async (call, cancellationToken) =>
            {
                var arguments = new PrepareArguments(call.Required(frame), await ReadAsync(call, steps, file, cancellationToken));
                var name = call.Required(session);
                return await task.AskAsync(call, name, SessionFunctions.Prepare, arguments, SessionsJson.Default.PrepareArguments,
                    await task.Options.ReadDataAsync(call, name, cancellationToken), SessionText.OfFrame, cancellationToken);
            });
    }

    private static async Task<IReadOnlyList<FrameStep>> ReadAsync(Invocation call, Option<string?> steps, Option<string?> file, CancellationToken cancellationToken)
    {
        var text = (call.Value(steps), call.Value(file)) switch
        {
            (not null, not null) => throw UsageException.Because("Give the steps by --steps or by --steps-file, not by both."),
            ({ } written, _) => written,
            (_, { } path) => await File.ReadAllTextAsync(path, cancellationToken),
            _ => "[]",
        };
        try
        {
            return JsonSerializer.Deserialize(text, SessionsJson.Default.IReadOnlyListFrameStep) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // The framework's own words are about types of ours.
            var at = e is JsonException { Path: { } path } json ? $", at {Listing.OneLine(path)} (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1})" : "";
            throw UsageException.Because(
                $"The steps are not a list of steps{at}. A step is an object: 'do' (select, filter, derive, recode, join, impute, scale, encode or aggregate) and all that this step wants besides, spelt as there.",
                "Such as: --steps '[{\"do\":\"filter\",\"where\":\"age >= 18\"}]'; docs/sessions.md has them all.");
        }
    }
}
