using Vantage.Algorithms.Tables.Csv;
using Vantage.Algorithms.Testing;
using Vantage.Tests.Architecture;

namespace Statistics.Tests;

/// <summary>A CSV file dealt out to sites as files of their own.</summary>
internal sealed class Sites : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vtg-").FullName;

    private Sites(string file, int count, Func<int, int> siteOf)
    {
        var lines = File.ReadAllLines(file);
        var dealt = lines.Skip(1).Select((line, i) => (line, site: siteOf(i))).ToLookup(row => row.site, row => row.line);
        Members = [.. Enumerable.Range(0, count).Select(s => Site(s, [lines[0], .. dealt[s]]))];
        Federation = new(Members);
    }

    public IReadOnlyList<InProcessSite> Members { get; }

    public InProcessFederation Federation { get; }

    /// <summary>Row i, counted from 1, goes to site (i − 1) mod n.</summary>
    public static Sites Dealt(string file, int count) => new(file, count, i => i % count);

    /// <summary>The first rows to the first site, the next to the next.</summary>
    public static Sites Blocks(string file, int count)
    {
        var rows = File.ReadLines(file).Count() - 1;
        return new(file, count, i => (int)((long)i * count / rows));
    }

    /// <summary>Very different numbers of rows at the sites, in an order that looks random and is always the same.</summary>
    public static Sites Uneven(string file, int count)
    {
        var random = new Random(7);
        return new(file, count, _ => (int)(Math.Pow(random.NextDouble(), 3) * count));
    }

    /// <summary>
    /// Dealt, but the first site has no row with the category of the file's first row, in the column with the fewest values.
    /// </summary>
    public static Sites Without(string file, int count)
    {
        var rows = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).ToList();
        var column = Enumerable.Range(0, rows[0].Length)
            .Select(c => (Column: c, Values: rows.Select(r => r[c]).Distinct().Count()))
            .Where(c => c.Values > 1).MinBy(c => c.Values).Column;
        return new(file, count, i =>
            i % count == 0 && rows[i][column] == rows[0][column] ? 1 + (i / count % (count - 1)) : i % count);
    }

    public static Sites Split(string file, string how, int count) => how switch
    {
        "dealt" => Dealt(file, count),
        "blocks" => Blocks(file, count),
        "uneven" => Uneven(file, count),
        "without" => Without(file, count),
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };

    public static string PathOf(string data) => data == "wdbc"
        ? Checkout.PathOf("Samples/Quickstart/wdbc.csv")
        : Checkout.PathOf($"tests/Statistics.Tests/Reference/{data}.csv");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private InProcessSite Site(int number, string[] lines)
    {
        var path = Path.Combine(folder, $"{number}.csv");
        File.WriteAllLines(path, lines);
        return new($"site {number}", new CsvTable("patients", path));
    }
}
