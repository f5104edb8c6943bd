using Vantage.Client.Errors;

namespace Vantage.Cli.Demo;

/// <summary>
/// The Wisconsin breast cancer data: 569 rows of 30 measurements and the diagnosis. Row i lies at site (i − 1) mod 3.
/// </summary>
internal sealed class DemoData
{
    private readonly string header;
    private readonly string[] rows;

    private DemoData(string header, string[] rows) => (this.header, this.rows) = (header, rows);

    public const string Id = "breast-cancer";

    public int Rows => rows.Length;

    public static DemoData Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "demo", "wdbc.csv");
        return File.Exists(path) && File.ReadAllLines(path) is [var header, .. var rows]
            ? new(header, rows)
            : throw new VantageException(DemoCommand.Failed, $"The demo's data, {path}, are missing.",
                "Install or build the command again: they belong beside it.");
    }

    public void WriteShare(string path, int site, int sites) =>
        File.WriteAllLines(path, rows.Where((_, i) => i % sites == site).Prepend(header));

    /// <summary>All columns in full, for the comparison that only the demo can make: it has all rows in one place.</summary>
    public IReadOnlyDictionary<string, double[]> Columns() => header.Split(',')
        .Select((name, column) => (name, values: rows.Select(row => double.Parse(row.Split(',')[column])).ToArray()))
        .ToDictionary(column => column.name, column => column.values);
}
