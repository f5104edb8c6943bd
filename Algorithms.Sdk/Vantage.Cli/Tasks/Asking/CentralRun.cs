using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Reading;
using Vantage.Client.Asking;
using Vantage.Client.Federation;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>
/// Runs an algorithm's central program in this process, its partials at the sites, and shows what came of it.
/// </summary>
internal static class CentralRun
{
    public static async Task<Question> PrepareAsync(Invocation call, TaskOptions options,
        CollaborationId collaboration, byte[] arguments, bool acceptMissing, CancellationToken cancellationToken) =>
        await Question.PrepareAsync(call.Client, call.Required(options.Algorithm),
            JsonSerializer.Deserialize(arguments, CliJson.Default.JsonElement),
            await OptionsAsync(call, options, collaboration, acceptMissing, cancellationToken), cancellationToken);

    /// <summary>What the options of the command line come to, for one question or for many.</summary>
    public static async Task<WireFederationOptions> OptionsAsync(Invocation call, TaskOptions options,
        CollaborationId collaboration, bool acceptMissing, CancellationToken cancellationToken) => new()
        {
            Collaboration = collaboration,
            Study = call.Value(options.Study) is { } study
                ? (await Lookup.StudyAsync(call.Client, collaboration, study, cancellationToken)).Id : null,
            Organizations = await options.ReadOrganizationsAsync(call, collaboration, cancellationToken),
            Data = await options.ReadDataAsync(call, cancellationToken),
            Session = call.Value(options.Session),
            Resources = options.ReadResources(call),
            LostNode = call.Value(options.LostNode),
            Purpose = call.Value(options.Purpose),
            ProjectCode = call.Value(options.Project),
            Lifetime = options.ReadLifetime(call),
            AcceptMissing = acceptMissing,
            Disclosure = call.Home.ReadProfile().Disclosure,
        };

    /// <summary>Follows the question to its answer.</summary>
    public static async Task<int> GoAsync(Invocation call, CentralProgram program, Question question,
        IReadOnlyList<string> again, string? file, CancellationToken cancellationToken)
    {
        var progress = new RoundProgress(call.Output, TaskSelection.SiteNames(call));
        question.OnProgress = progress.Show;
        question.OnDropped = (missing, left) =>
        {
            progress.Clear();
            call.Output.Say($"{Listing.OneLine(string.Join(", ", missing.Select(m => m.Site)))} gave nothing: starting "
                + $"again over {Listing.OneLine(string.Join(", ", left))}");
        };
        var answer = await question.RunAsync(program.Central, again, cancellationToken);
        progress.Clear();
        return AnswerText.Show(call, program, answer, file);
    }
}
