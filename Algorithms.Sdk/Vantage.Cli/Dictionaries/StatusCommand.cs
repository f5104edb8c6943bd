using System.CommandLine;
using Vantage.Algorithms.Dictionaries;
using Vantage.Algorithms.Federations;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks;
using Vantage.Cli.Tasks.Asking;
using Vantage.Client.Federation;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Dictionaries;

/// <param name="Dictionary">Which the site's source speaks; null if none, or it did not answer.</param>
/// <param name="Variables">How each stands there.</param>
/// <param name="Problem">Why there is no answer.</param>
internal sealed record SiteStatus(string Site, DictionaryRef? Dictionary, IReadOnlyList<VariableState> Variables, string? Problem);

/// <param name="Expected">The dictionary that was asked about; null for whichever the sites speak.</param>
internal sealed record DictionaryStatus(DictionaryRef? Expected, IReadOnlyList<SiteStatus> Sites);

/// <summary><c>vantage dictionary status</c>: sites × variables. Each site's answer is sealed to who asks.</summary>
internal static class StatusCommand
{
    public static Command Build(CliConsole console)
    {
        var options = new TaskOptions();
        return new Command("status", "Which variables of a dictionary each site has: a table of sites and variables. Without --dictionary, of whichever the sites speak.")
            .With(options.Collaboration, options.Organizations, options.Data, options.Dictionary, options.Purpose, options.Project, options.Lifetime)
            .Answers(console, async (call, cancellationToken) =>
            {
                var collaboration = await Lookup.CollaborationAsync(call.Client, options.ReadCollaboration(call), cancellationToken);
                var data = await options.ReadDataAsync(call, null, cancellationToken);
                var expected = data.Select(each => each.Dictionary).FirstOrDefault();
                var federation = await WireFederation.JoinAsync(call.Client, new WireFederationOptions
                {
                    Collaboration = collaboration,
                    Organizations = await options.ReadOrganizationsAsync(call, collaboration, cancellationToken),
                    // A site that speaks another one is to say so, not to refuse.
                    Data = [.. data.Select(each => each with { Dictionary = null })],
                    Purpose = call.Value(options.Purpose),
                    ProjectCode = call.Value(options.Project),
                    Lifetime = options.ReadLifetime(call),
                }, cancellationToken);
                var progress = new RoundProgress(call.Output, TaskSelection.SiteNames(call));
                federation.OnProgress = progress.Show;
                var answers = await federation.RunAsync(DictionaryAlgorithm.Algorithm, DictionaryAlgorithm.Status, new StatusArguments(), cancellationToken);
                progress.Clear();
                var status = new DictionaryStatus(expected, [.. answers.Select(answer => Of(answer, expected)),
                    .. federation.NotAsked.Select(left => new SiteStatus(left.Site, null, [], left.Why))]);
                call.Output.Result(status, CliJson.Default.DictionaryStatus, "", text => Write(text, status));
                return status.Sites.All(site => site.Problem is null) ? ExitCodes.Ok : status.Sites.Any(site => site.Problem is null) ? ExitCodes.Partial : ExitCodes.Failed;
            });
    }

    private static SiteStatus Of(SiteResult<StatusReport> answer, DictionaryRef? expected) => answer switch
    {
        SiteResult<StatusReport>.Succeeded { Value: { Dictionary: null } } => new(answer.Site, null, [], "its source speaks no dictionary."),
        SiteResult<StatusReport>.Succeeded { Value: var report } when expected is not null && report.Dictionary != expected =>
            new(answer.Site, report.Dictionary, report.Variables, $"expected {expected.Words} ({expected.Digest}), found {report.Dictionary!.Words} ({report.Dictionary.Digest})."),
        SiteResult<StatusReport>.Succeeded { Value: var report } => new(answer.Site, report.Dictionary, report.Variables, null),
        _ => new(answer.Site, null, [], answer.Why),
    };

    private static void Write(TextWriter text, DictionaryStatus status)
    {
        var sites = status.Sites.Where(site => site.Variables.Count > 0).ToList();
        if (sites.Count > 0)
        {
            TerminalTable.Write(text, sites.Select(site => Listing.OneLine(site.Site)).Prepend("variable"),
                sites.SelectMany(site => site.Variables).Select(variable => variable.Name).Distinct(StringComparer.Ordinal)
                    .Select(name => sites.Select(site => Mark(site.Variables.FirstOrDefault(variable => variable.Name == name))).Prepend(Listing.OneLine(name))));
        }

        foreach (var site in status.Sites)
        {
            text.WriteLine($"{Listing.OneLine(site.Site)}: {Listing.OneLine(site.Problem ?? site.Dictionary!.Words)}");
            foreach (var variable in site.Variables.Where(variable => variable.Found is not null))
            {
                text.WriteLine($"  {Listing.OneLine(variable.Name)}: {Listing.OneLine(variable.Found!)}");
            }
        }
    }

    private static string Mark(VariableState? variable) => variable switch
    {
        null => "",
        { Status: VariableStatus.Missing } => "–",
        { Status: VariableStatus.Mismatch } => "✗",
        { MissingPercent: > 0 and var share } => $"✓ ({share} % missing)",
        _ => "✓",
    };
}
