using System.CommandLine;
using Vantage.Algorithms.Dictionaries;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Dictionaries;

namespace Vantage.Cli.Dictionaries;

/// <param name="File">The made-up rows; null if the site gave none.</param>
/// <param name="Problem">Why it gave none.</param>
internal sealed record SitePreview(string Site, string? File, string? Problem);

/// <param name="Synthetic">Always: nobody is in any of them.</param>
internal sealed record DictionaryPreview(bool Synthetic, IReadOnlyList<SitePreview> Sites);

/// <summary><c>vantage dictionary preview</c>: a file of made-up rows for each site, to try code on before it may see data.</summary>
internal static class PreviewCommand
{
    public static Command Build(CliConsole console)
    {
        var question = new SiteQuestion();
        var rows = new Option<int>("--rows") { Description = $"How many, up to {DictionaryFunctions.MostRows}.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same rows.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var columns = new Option<string[]>("--column") { Description = "Only this column; once for each.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string>("--out") { Description = "The folder into which a CSV file for each site is written.", HelpName = "DIR", Required = true };
        return new Command("preview", "Made-up rows that look like each site's data, where its policy allows it: a CSV file for each site, to try code on. Nobody is in them.")
            .With([.. question.Options, rows, seed, columns, output])
            .Answers(console, async (call, cancellationToken) =>
            {
                if (call.Value(rows) is < 1 or > DictionaryFunctions.MostRows)
                {
                    throw UsageException.Because($"--rows is a number from 1 to {DictionaryFunctions.MostRows}.");
                }

                var folder = Directory.CreateDirectory(call.Required(output)).FullName;
                var arguments = new PreviewArguments(call.Value(rows), call.Value(seed), call.Value(columns) is { Length: > 0 } named ? named : null);
                var answers = await question.AskAsync(call, await question.ReadDataAsync(call, cancellationToken), DictionaryAlgorithm.Preview, arguments,
                    (site, report) => (Site: site, Csv: (string?)report.Csv, Problem: (string?)null), (site, why) => (site, null, why), cancellationToken);
                var sites = new List<SitePreview>();
                foreach (var (site, csv, problem) in answers)
                {
                    sites.Add(new SitePreview(site, csv is null ? null : await WriteAsync(folder, site, csv, cancellationToken), problem));
                }

                call.Output.Result(new DictionaryPreview(true, sites), CliJson.Default.DictionaryPreview, string.Join('\n', sites.Select(site => site.File).OfType<string>()), text => Write(text, sites));
                return SiteQuestion.ExitCode(sites.Count, sites.Count(site => site.Problem is not null));
            });
    }

    /// <summary>What a site is called becomes a file's name on any system.</summary>
    private static async Task<string> WriteAsync(string folder, string site, string csv, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, string.Concat(site.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-')) + ".csv");
        await File.WriteAllTextAsync(file, csv, cancellationToken);
        return file;
    }

    private static void Write(TextWriter text, List<SitePreview> sites)
    {
        foreach (var site in sites)
        {
            text.WriteLine($"{Listing.OneLine(site.Site)}: {site.File ?? Listing.OneLine(site.Problem!)}");
        }

        if (sites.Any(site => site.File is not null))
        {
            text.WriteLine("These rows are made up: their first column says so. Try code on them, for example: vantage sandbox up --data DIR --disclosure acro");
        }
    }
}
