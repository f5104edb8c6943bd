using Vantage.Algorithms.Results;

namespace Vantage.Statistics.Crosstabs;

/// <summary>How counts read as tables: one row a level, one column a level; then the tests, then the sites.</summary>
internal static class CrosstabTables
{
    private const string Missing = "(missing)";

    public static IReadOnlyList<ResultTable> Of(CrosstabResult result) =>
    [
        Counts(result, result.Table, Name(result, null)),
        .. (result.Layers ?? []).Select((layer, i) => Counts(
            result, layer, Name(result, $"{result.Variables[2]} = {result.Levels[result.Variables[2]][i] ?? Missing}"))),
        .. Tests(result),
        .. result.Notes.Count == 0 ? (IReadOnlyList<ResultTable>)[] : [new("notes", ["note"], [.. result.Notes.Select(n => (object?[])[n])])],
        new("sites", ["site", "rows", "left out"], [.. result.Sites.Select(s => (object?[])[s.Site, s.Rows, s.LeftOut])]),
    ];

    private static string Name(CrosstabResult result, string? layer) =>
        string.Join(" × ", result.Variables.Take(2)) + (layer is null ? "" : ", " + layer);

    private static ResultTable Counts(CrosstabResult result, CountTable table, string name)
    {
        var rows = result.Levels[result.Variables[0]];
        string[] columns = result.Variables.Count == 1
            ? ["count"]
            : [.. result.Levels[result.Variables[1]].Select(l => l ?? Missing)];
        var total = result.Variables.Count == 1 ? [] : (string[])["total"];
        return new(
            name,
            Distinct([result.Variables[0], .. columns, .. total]),
            [
                .. rows.Select((level, r) => (object?[])
                    [level ?? Missing, .. table.Counts[r].Cast<object?>(), .. total.Select(_ => (object?)table.RowTotals[r])]),
                ["total", .. table.ColumnTotals.Cast<object?>(), .. total.Select(_ => (object?)table.Total)],
            ]);
    }

    private static IEnumerable<ResultTable> Tests(CrosstabResult result)
    {
        var rows = new List<object?[]>();
        Add("χ²", result.Table.ChiSquared);
        Add("χ² with continuity correction", result.Table.ContinuityCorrected);
        if (result.Layers is not null)
            Add("χ² of all three", result.Independence);
        if (result.Table.Fisher is { } fisher)
            rows.Add(["Fisher, odds ratio", fisher.OddsRatio, null, fisher.PValue]);
        if (rows.Count > 0)
            yield return new("tests", ["test", "statistic", "degrees of freedom", "p value"], rows);

        void Add(string name, ChiSquaredTest? test)
        {
            if (test is not null)
                rows.Add([name, test.Statistic, test.DegreesOfFreedom, test.PValue]);
        }
    }

    /// <summary>A level may be called as another column: headers appear once.</summary>
    private static string[] Distinct(string[] headers)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        return [.. headers.Select(h =>
        {
            while (!used.Add(h))
                h += "'";
            return h;
        })];
    }
}
