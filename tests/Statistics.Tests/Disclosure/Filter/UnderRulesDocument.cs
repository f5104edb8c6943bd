using System.Globalization;
using System.Text;
using System.Text.Json;
using Statistics.Tests.Differences;
using Statistics.Tests.Survival;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>Prints <c>docs/statistics/under-rules.md</c>: what comes back of each analysis under each set of rules, and how far it is from R's.</summary>
internal static class UnderRulesDocument
{
    private static readonly string[] Rules = ["off", "datashield", "acro"];

    public static async Task<string> PrintAsync(CancellationToken cancellationToken)
    {
        var page = new StringBuilder(Introduction).Append('\n');
        using var sites = new SplitSites(3);
        foreach (var row in DifferencesDocument.Rows(ReferenceCases.All))
        {
            page.Append(DifferencesDocument.Begin(row.Key)).Append(CultureInfo.InvariantCulture, $" {row.Count()} |");
            foreach (var rules in Rules)
            {
                var answers = new List<Nearness>();
                foreach (var reference in row)
                {
                    if (await AskAsync(new FilteredFederation(sites.Of(reference.Data), Presets.Of(rules)), reference, cancellationToken) is { } answer)
                        answers.Add(Nearness.Of(reference, answer));
                }

                page.Append(CultureInfo.InvariantCulture, $" {Words(answers, row.Count())} |");
            }

            page.Append('\n');
        }

        return page.ToString();
    }

    private static string Words(List<Nearness> answers, int asked)
    {
        if (answers.Count == 0)
            return "held back, and says why";
        var same = answers.Where(a => a.IsWhole).ToList();
        var few = answers.Count(a => !a.IsWhole);
        return string.Join("; ", new[]
        {
            same.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{(same.Count == asked ? "" : $"{same.Count}: ")}{same.Max(a => a.Worst):0.0e-0}") : "",
            few > 0 ? $"{few} in part" : "",
            answers.Count < asked ? $"{asked - answers.Count} held back" : "",
        }.Where(w => w.Length > 0));
    }

    private static async Task<JsonElement?> AskAsync(IFederation federation, ReferenceCase reference, CancellationToken cancellationToken)
    {
        var central = (CentralFunction)StandardLibrary.Algorithms.Algorithms.Single(a => a.Name == reference.Algorithm).Functions.Single(f => f is CentralFunction);
        try
        {
            return await central.InvokeAsync(federation, JsonSerializer.SerializeToUtf8Bytes(reference.Arguments), cancellationToken);
        }
        catch (RunFailedException)
        {
            return null;
        }
    }

    private const string Introduction =
        """
        # What comes back under disclosure control

        Each question of [differences.md](differences.md) again, over three sites among which the rows are dealt one by one, and whose
        answers pass the node's own filter. A number is the largest relative difference from R's answer for all rows, of the questions
        that are answered with the same numbers (how many, if not all). *In part*: some numbers are missing, over fewer sites, or of
        another form, such as a curve on a grid; the result's notes say which. *Held back*: no site could say enough, and the answer says
        why. The data sets are small, so that both happen: mtcars has 11 rows at a site. Printed by a test (`VANTAGE_PRINT_DOCS=1` with
        `tests/Statistics.Tests`).

        | analysis | data | questions | `off` | `datashield` | `acro` |
        |---|---|---|---|---|---|
        """;
}
