using System.Globalization;
using System.Text;

namespace Statistics.Tests.Differences;

/// <summary>Prints <c>docs/statistics/differences.md</c>: how far the analyses over sites are from the pooled references.</summary>
internal static class DifferencesDocument
{
    public static async Task<string> PrintAsync(CancellationToken cancellationToken)
    {
        var page = new StringBuilder(Introduction);
        foreach (var spread in Spread.All)
            page.Append(CultureInfo.InvariantCulture, $" {Words(spread)} |");
        page.Append("\n|---|---|---|").Insert(page.Length, "---|", Spread.All.Count).Append('\n');
        var spreads = Spread.All.Select(s => new Spread(s.Split, s.Count)).ToList();
        foreach (var row in Rows(ReferenceCases.All))
        {
            page.Append(Begin(row.Key)).Append(CultureInfo.InvariantCulture, $" {row.DistinctBy(r => r.Arguments.GetRawText()).Count()} |");
            foreach (var spread in spreads)
            {
                if (!spread.Fits(row.Key.Data))
                {
                    page.Append(" too few rows |");
                    continue;
                }

                var worst = 0.0;
                foreach (var reference in row.Where(spread.Answers))
                    worst = Math.Max(worst, (await spread.OfAsync(reference, cancellationToken)).Worst);
                page.Append(CultureInfo.InvariantCulture, $" {worst:0.0e-0} |");
            }

            page.Append('\n');
        }

        spreads.ForEach(s => s.Dispose());
        return page.ToString();
    }

    public static IEnumerable<IGrouping<(string Algorithm, string Data), ReferenceCase>> Rows(IEnumerable<ReferenceCase> cases) =>
        cases.GroupBy(c => (c.Algorithm, c.Data)).OrderBy(g => g.Key.Algorithm, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Data, StringComparer.Ordinal);

    public static string Begin((string Algorithm, string Data) row) => $"| `{row.Algorithm}` | {row.Data} |";

    private static string Words((string Split, int Count) spread) => spread switch
    {
        (_, 1) => "1 site",
        (var split, var count) => $"{count}, {split}",
    };

    private const string Introduction =
        """
        # Differences from pooled answers

        Each analysis of the standard library is asked over sites, with disclosure control off, and its answer held against that of
        R 4.2.2 for all rows in one table: coefficients, errors, statistics, p values, intervals, counts. A cell is the largest
        relative difference of all numbers of all questions over that data set; an estimate near zero is compared by its standard
        error. The tests refuse more than 1e-9. What remains is mostly R's own rounding, or that of the printed reference: it is the
        same whatever the split. `meta` puts sites' own models together, and is held against metafor's answer for the same sites.
        Printed by a test (`VANTAGE_PRINT_DOCS=1` with `tests/Statistics.Tests`).

        Rows are spread over sites in four ways: `dealt` one by one; in `blocks`, as they lie in the file; `uneven`, with most of them
        at few sites; and dealt `without` one category at the first site.

        | analysis | data | questions |
        """;
}
