using System.CommandLine;
using Vantage.Algorithms.Dictionaries;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Dictionaries;

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
        var question = new SiteQuestion();
        return new Command("status", "Which variables of a dictionary each site has: a table of sites and variables. Without --dictionary, of whichever the sites speak.")
            .With(question.Options)
            .Answers(console, async (call, cancellationToken) =>
            {
                var data = await question.ReadDataAsync(call, cancellationToken);
                var expected = data.Select(each => each.Dictionary).FirstOrDefault();
                // A site that speaks another one is to say so, not to refuse.
                var sites = await question.AskAsync(call, [.. data.Select(each => each with { Dictionary = null })], DictionaryAlgorithm.Status, new StatusArguments(),
                    (site, report) => Of(site, report, expected), (site, why) => new SiteStatus(site, null, [], why), cancellationToken);
                var status = new DictionaryStatus(expected, sites);
                call.Output.Result(status, CliJson.Default.DictionaryStatus, "", text => Write(text, status));
                return SiteQuestion.ExitCode(sites.Count, sites.Count(site => site.Problem is not null));
            });
    }

    private static SiteStatus Of(string site, StatusReport report, DictionaryRef? expected) => report.Dictionary switch
    {
        null => new(site, null, [], "its source speaks no dictionary."),
        var other when expected is not null && other != expected =>
            new(site, other, report.Variables, $"expected {expected.Words} ({expected.Digest}), found {other.Words} ({other.Digest})."),
        var spoken => new(site, spoken, report.Variables, null),
    };

    private static void Write(TextWriter text, DictionaryStatus status)
    {
        var sites = status.Sites.Where(site => site.Variables.Count > 0).ToList();
        if (sites.Count > 0)
        {
            var known = sites.Select(site => site.Variables.DistinctBy(variable => variable.Name, StringComparer.Ordinal).ToDictionary(variable => variable.Name, StringComparer.Ordinal)).ToList();
            TerminalTable.Write(text, sites.Select(site => Listing.OneLine(site.Site)).Prepend("variable"),
                sites.SelectMany(site => site.Variables).Select(variable => variable.Name).Distinct(StringComparer.Ordinal)
                    .Select(name => known.Select(site => Mark(site.GetValueOrDefault(name))).Prepend(Listing.OneLine(name))));
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
