using System.Globalization;

namespace Vantage.Benchmarks.Containers;

/// <summary>A table as an analyst meets it: ten columns of numbers and four of categories.</summary>
internal static class InteractiveTable
{
    private const int Numbers = 10;

    private const int Categories = 4;

    public static string Number(int i) => $"x{i % Numbers}";

    /// <summary>Of two to five levels.</summary>
    public static string Category(int i) => $"g{i % Categories}";

    /// <summary>The folder with a file for each site.</summary>
    public static async Task<string> WriteAsync(BenchOptions options, int sites, int rows)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Data, $"interactive-{sites}-sites")).FullName;
        var random = new Random(1);
        for (var site = 0; site < sites; site++)
        {
            var file = Path.Combine(folder, $"{(char)('a' + site)}.csv");
            await File.WriteAllLinesAsync(file,
                Enumerable.Range(0, rows).Select(_ => string.Join(',', Row(random))).Prepend(string.Join(',', Header())));
            // Files that were written just now might still be written to, and are read twice.
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        }

        return folder;
    }

    private static IEnumerable<string> Header() =>
        Enumerable.Range(0, Numbers).Select(Number).Concat(Enumerable.Range(0, Categories).Select(Category));

    private static IEnumerable<string> Row(Random random) =>
        Enumerable.Range(0, Numbers).Select(_ => random.NextDouble().ToString("F6", CultureInfo.InvariantCulture))
            .Concat(Enumerable.Range(0, Categories).Select(i => "abcde"[random.Next(2 + i)].ToString()));
}
